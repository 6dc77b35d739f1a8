import { and, desc, eq, gte, isNull, lt } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { meters, type ownerChanges, readings, statedCharges } from '@/db/schema'
import { firstSeenPeriod } from '@/lib/accounts/rules'
import { accruedSql, sum } from '@/lib/ledger/queries'
import { issuePaper } from '@/lib/papers/commands'
import type { FinalStatement } from '@/lib/papers/schema'
import { meterOrder, meterTitle, registerName, unitOf } from '@/lib/readings/words'
import { readSettings } from '@/lib/settings/queries'
import type { CalendarDay } from '@/lib/units/day'
import { formatDial } from '@/lib/units/quantity'
import type { Ended } from './ending'

interface Final {
  account: { id: number; accountNumber: string; address: string }
  change: typeof ownerChanges.$inferSelect
  /** The day the former holder's own time began, if they came by a change. */
  since: CalendarDay | undefined
  /** Why a meter was not read, by its id. */
  notRead: ReadonlyMap<number, string>
  to: readonly Ended[]
  now: Date
}

/** How many of the last months a statement lists. */
const MONTHS = 12

/**
 * Gives out the former holder's last statement: what was charged and paid month by month, what is left, and what the meters
 * showed. One paper for each of them who had access, by user; one for the office when nobody had.
 */
export async function issueFinal(tx: Tx, final: Final): Promise<Map<string, string>> {
  const body = await bodyOf(tx, final)
  const { account, to, now } = final
  const issue = (issuedTo: string | null) =>
    issuePaper(tx, { kind: 'final-statement', accountId: account.id, body, issuedTo, issuedAt: now })
  if (to.length === 0) await issue(null)
  const papers = new Map<string, string>()
  for (const { userId } of to) papers.set(userId, await issue(userId))
  return papers
}

async function bodyOf(tx: Tx, { account, change, since, notRead }: Final): Promise<FinalStatement> {
  const { company } = await readSettings(tx)
  return {
    accountNumber: account.accountNumber,
    address: account.address,
    holderName: change.formerHolder,
    company: company.fullName,
    on: change.changedOn,
    balance: String(change.closingBalance),
    months: await monthsOf(tx, account.id, { since, changedOn: change.changedOn }),
    meters: await metersOf(tx, account.id, change.changedOn, notRead),
  }
}

async function monthsOf(
  tx: Tx,
  accountId: number,
  { since, changedOn }: { since: CalendarDay | undefined; changedOn: CalendarDay },
): Promise<FinalStatement['months']> {
  const found = await tx
    .select({ period: statedCharges.period, accrued: sum(accruedSql), paid: sum(statedCharges.paid) })
    .from(statedCharges)
    .where(
      and(
        eq(statedCharges.accountId, accountId),
        lt(statedCharges.period, firstSeenPeriod(changedOn)),
        since && gte(statedCharges.period, firstSeenPeriod(since)),
      ),
    )
    .groupBy(statedCharges.period)
    .orderBy(desc(statedCharges.period))
    .limit(MONTHS)
  return found.map(({ period, accrued, paid }) => ({ period, accrued: String(accrued), paid: String(paid) }))
}

async function metersOf(
  tx: Tx,
  accountId: number,
  on: CalendarDay,
  notRead: ReadonlyMap<number, string>,
): Promise<FinalStatement['meters']> {
  const standing = await tx
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, accountId), isNull(meters.removedOn)))
  const closing = await tx
    .select({ meterId: readings.meterId, register: readings.register, value: readings.value })
    .from(readings)
    .where(and(eq(readings.accountId, accountId), eq(readings.takenOn, on), isNull(readings.supersededAt)))
    .orderBy(readings.register)
  return standing.sort(meterOrder).map((meter) => ({
    title: meterTitle(meter.kind, meter.place),
    serial: meter.serial,
    unit: unitOf(meter.kind),
    values: closing
      .filter(({ meterId }) => meterId === meter.id && !notRead.has(meter.id))
      .map(({ register, value }) => ({
        name: registerName(register, meter.registers) ?? null,
        dial: formatDial(value, meter.digitsBefore, meter.digitsAfter),
      })),
    why: notRead.get(meter.id) ?? null,
  }))
}
