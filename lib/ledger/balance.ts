import { and, desc, gte, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { statedCharges } from '@/db/schema'
import type { Staff, Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, type Period, periodOf } from '@/lib/units/period'
import { ownPart } from './own-part'
import { monthColumns } from './queries'
import { type BalanceState, difference, dueOn, isOverdue, stateOf } from './rules'
import { ownScope, type Scope, staffScope, statedFor, statedIn } from './scope'

/** A payment taken and not yet in billing's figures. */
export interface PendingPayment {
  id: string
  day: CalendarDay
  amount: Kopecks
  /** «Сбербанк»; empty when the register did not say. */
  place: string
}

/**
 * Where an account stands: what billing last closed with, less what was paid and is not in its figures yet. To a new holder it is
 * what their own months and payments came to: the rest of the account's balance is the former holder's.
 */
export interface Balance {
  /** Above zero is owed. */
  amount: Kopecks
  state: BalanceState
  /** The last month billing told of; undefined when it told of none. */
  month: LastMonth | undefined
  pending: PendingPayment[]
}

/** The last month billing told of. */
export interface LastMonth {
  period: Period
  dueOn: CalendarDay
  overdue: boolean
  accrued: Kopecks
  closing: Kopecks
  /** Against the month before; undefined when billing told of none. */
  difference: Kopecks | undefined
  /** The latest month money came in, of those looked at: four at least. */
  paid: { period: Period; amount: Kopecks } | undefined
}

/**
 * What is owed on the subscriber's own account: the closing balance of the last month, payments on their way taken
 * off; undefined when nothing is known, or the account is not theirs.
 */
export async function balance(
  subscriber: Subscriber,
  accountId: number,
  now: Date,
): Promise<Balance | undefined> {
  return balanceIn(ownScope(subscriber, accountId), now)
}

/** `balance` of any account, for staff. */
export async function balanceOf(staff: Staff, accountId: number, now: Date): Promise<Balance | undefined> {
  return balanceIn(staffScope(staff, accountId), now)
}

/** Months back in which the last bill is looked for before all of them are: only their partitions are opened. */
const RECENT = 4

async function balanceIn(scope: Scope, now: Date): Promise<Balance | undefined> {
  const today = moscowDay(now)
  const since = addMonths(periodOf(today), -RECENT)
  const own = await scope.since()
  const recent = await monthsWithPending(scope, own ? undefined : since)
  // The oldest of them may have one before it to be compared with.
  const enough = own !== undefined || (recent[0] !== undefined && recent[0].period > since)
  const found = enough ? recent : await monthsWithPending(scope)
  const [last, before] = found
  const pending = last ? last.pending : await pendingIn(scope)
  if (!last && pending.length === 0) return undefined
  const closing = own ? await ownPart(scope.accountId, own, found) : kopecks(last?.closing ?? 0n)
  const amount = kopecks(closing - sumKopecks(pending.map((payment) => payment.amount)))
  if (!last) return { amount, state: stateOf(amount), month: undefined, pending }
  const due = dueOn(last.period, (await currentSettings()).dueDay)
  const followed = before?.period === addMonths(last.period, -1) ? before.accrued : undefined
  const { period, accrued } = last
  const paid = found.find((month) => month.paid > 0n)
  const month = {
    period,
    accrued,
    closing,
    dueOn: due,
    overdue: isOverdue(amount, due, today),
    difference: difference(accrued, followed),
    paid: paid && { period: paid.period, amount: paid.paid },
  }
  return { amount, state: stateOf(amount), month, pending }
}

/** Months from one on, with the payments not in them yet: one statement, so that a load in between shows neither twice nor not at all. */
async function monthsWithPending(scope: Scope, since?: Period) {
  return db()
    .select({ ...monthColumns, pending: sql`(${await pendingJson(scope)})`.mapWith(pendingRows.parse) })
    .from(await statedFor(scope))
    .where(and(statedIn(scope), since && gte(statedCharges.period, since)))
    .groupBy(statedCharges.period)
    .orderBy(desc(statedCharges.period))
}

async function pendingIn(scope: Scope): Promise<PendingPayment[]> {
  const { rows } = await db().execute(
    sql`select (${await pendingJson(scope)}) as pending where ${scope.allowed() ?? sql`true`}`,
  )
  return z.array(z.object({ pending: pendingRows })).parse(rows)[0]?.pending ?? []
}

/** The account's entries beside the charges by payment, evened out ones and a former holder's left out, as JSON. */
async function pendingJson(scope: Scope): Promise<SQL> {
  const since = await scope.since()
  const paidAt = sql`coalesce(p.paid_at, e.entered_at)`
  return sql`select coalesce(json_agg(json_build_object('id', coalesce(p.id::text, ''), 'paidAt', ${paidAt},
      'amount', e.amount::text, 'place', coalesce(p.place, '')) order by p.paid_at, p.id), '[]')
    from (select payment_id, -sum(amount) as amount, max(entered_at) as entered_at from ledger_entries
      where account_id = ${scope.accountId} and kind <> 'carried' group by payment_id having sum(amount) <> 0) e
    left join payments p on p.id = e.payment_id
    where ${since ? sql`${paidAt} >= ${startOfMoscowDay(since)}` : sql`true`}`
}

const pendingRows = z.array(
  z
    .object({ id: z.string(), paidAt: z.coerce.date(), amount: z.coerce.bigint(), place: z.string() })
    .transform(({ paidAt, amount, ...rest }) => ({
      ...rest,
      day: moscowDay(paidAt),
      amount: kopecks(amount),
    })),
)
