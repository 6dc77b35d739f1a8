import { and, eq, isNull, max, or } from 'drizzle-orm'
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
  sent: { value: MeterValue; rolledOver: boolean } | undefined
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
  const versions = await supersede(tx, account.id, changes, now)
  await tx.insert(readings).values(
    changes.map((of) => ({
      accountId: account.id,
      meterId: of.meterId,
      period: of.meter.period,
      register: of.register,
      version: (versions.get(fieldName(of.meterId, of.register)) ?? 0) + 1,
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

/** Ends what stands for those counters' months. @returns their last versions by field */
async function supersede(tx: Tx, accountId: number, changes: readonly Change[], now: Date) {
  const changed = and(
    eq(readings.accountId, accountId),
    or(
      ...changes.map((of) =>
        and(
          eq(readings.meterId, of.meterId),
          eq(readings.register, of.register),
          eq(readings.period, of.meter.period),
        ),
      ),
    ),
  )
  const found = await tx
    .select({ meterId: readings.meterId, register: readings.register, last: max(readings.version) })
    .from(readings)
    .where(changed)
    .groupBy(readings.meterId, readings.register)
  if (found.length > 0)
    await tx
      .update(readings)
      .set({ supersededAt: now })
      .where(and(changed, isNull(readings.supersededAt)))
  return new Map(found.map((of) => [fieldName(of.meterId, of.register), of.last ?? 0]))
}

/** A value that replaces a doubted one settles that doubt; one that is odd itself raises its own. */
async function raiseDoubts(tx: Tx, accountId: number, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.some((of) => of.sent))
    await tx
      .update(readingDoubts)
      .set({ settledAt: now, outcome: 'superseded' })
      .where(
        and(
          eq(readingDoubts.accountId, accountId),
          isNull(readingDoubts.settledAt),
          or(
            ...changes.map((of) =>
              and(
                eq(readingDoubts.meterId, of.meterId),
                eq(readingDoubts.register, of.register),
                eq(readingDoubts.period, of.meter.period),
              ),
            ),
          ),
        ),
      )
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
