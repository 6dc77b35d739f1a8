import { and, eq, isNull, or } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { readingDoubts, readings } from '@/db/schema'
import { type AuditEntry, record } from '@/lib/audit/record'
import type { CalendarDay } from '@/lib/units/day'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import type { Sending } from './accept'
import type { MeterState } from './queries'
import { fieldName } from './schema'
import type { Entry } from './weigh'

/** A value to be stored beside what stands: `sent` is superseded. */
export interface Change extends Entry {
  meter: MeterState
  name: string | undefined
  sent: { value: MeterValue; rolledOver: boolean; version: number } | undefined
}

interface Storing {
  changes: readonly Change[]
  paperId: string
  takenOn: CalendarDay
  now: Date
}

/** Stores values as the next versions of their counters' months, what is odd about them for staff, and the journal's row. */
export async function storeReadings(
  tx: Tx,
  sending: Pick<Sending, 'actor' | 'channel' | 'takenAt' | 'keepMoment'>,
  account: { id: number; accountNumber: string },
  storing: Storing,
): Promise<void> {
  const { changes, paperId, takenOn, now } = storing
  await supersede(tx, account.id, changes, now)
  await tx.insert(readings).values(
    changes.map((of) => ({
      accountId: account.id,
      meterId: of.meterId,
      period: of.meter.period,
      register: of.register,
      // The one in force is the latest.
      version: (of.sent?.version ?? 0) + 1,
      value: of.value,
      rolledOver: of.turned,
      takenOn,
      takenAt: sending.keepMoment ? sending.takenAt : null,
      receivedAt: now,
      channel: sending.channel,
      actorId: sending.actor.userId,
      paperId,
    })),
  )
  await raiseDoubts(tx, account.id, changes, now)
  await record(tx, sending.actor, auditEntry(account, sending.channel, changes))
}

/** Ends what stands for those counters' months, and the doubts about it. */
async function supersede(tx: Tx, accountId: number, changes: readonly Change[], now: Date): Promise<void> {
  const standing = changes.filter((of) => of.sent)
  if (standing.length === 0) return
  const ofCounters = (table: typeof readings | typeof readingDoubts) =>
    and(
      eq(table.accountId, accountId),
      or(
        ...standing.map((of) =>
          and(
            eq(table.meterId, of.meterId),
            eq(table.register, of.register),
            eq(table.period, of.meter.period),
          ),
        ),
      ),
    )
  await tx
    .update(readings)
    .set({ supersededAt: now })
    .where(and(ofCounters(readings), isNull(readings.supersededAt)))
  await tx
    .update(readingDoubts)
    .set({ settledAt: now, outcome: 'superseded' })
    .where(and(ofCounters(readingDoubts), isNull(readingDoubts.settledAt)))
}

/** What is odd about values that were confirmed: for staff to look at. */
async function raiseDoubts(tx: Tx, accountId: number, changes: readonly Change[], now: Date): Promise<void> {
  const odd = changes.flatMap(({ doubt, meterId, register, meter, value }) =>
    doubt
      ? [
          {
            accountId,
            meterId,
            register,
            period: meter.period,
            kind: doubt.kind,
            value,
            proposed: doubt.proposed.get(fieldName(meterId, register)) ?? null,
            raisedAt: now,
          },
        ]
      : [],
  )
  if (odd.length > 0) await tx.insert(readingDoubts).values(odd)
}

function auditEntry(
  account: { id: number; accountNumber: string },
  channel: Sending['channel'],
  changes: readonly Change[],
): AuditEntry {
  const shown = (value: MeterValue, { digitsBefore, digitsAfter }: MeterState) =>
    formatDial(value, digitsBefore, digitsAfter)
  const label = (of: Change) => (of.name ? `${of.meter.serial}, ${of.name.toLowerCase()}` : of.meter.serial)
  const before = changes.flatMap((of) => (of.sent ? [[label(of), shown(of.sent.value, of.meter)]] : []))
  const after = changes.map((of) => [label(of), shown(of.value, of.meter)])
  const periods = [...new Set(changes.map((of) => of.meter.period))].join(', ')
  return {
    action: 'readings.submitted',
    subject: { kind: 'account', id: String(account.id), label: account.accountNumber },
    ...(before.length > 0 ? { before: Object.fromEntries(before) } : {}),
    after: { period: periods, channel, ...Object.fromEntries(after) },
  }
}
