import { and, asc, desc, eq, gt, inArray, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { charges, services } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import { addMonths, type Period, parsePeriod } from '@/lib/units/period'
import {
  type BalanceState,
  type Comparison,
  compareMonths,
  difference,
  dueOn,
  isOverdue,
  type Line,
  stateOf,
} from './rules'

/** One month of an account. `addsUp` is false when any service's figures do not add up. */
export interface PeriodRow {
  period: Period
  opening: Kopecks
  accrued: Kopecks
  paid: Kopecks
  closing: Kopecks
  addsUp: boolean
}

/** Where an account stands after the last month billing has told of. */
export interface Balance {
  period: Period
  state: BalanceState
  dueOn: CalendarDay
  overdue: boolean
  accrued: Kopecks
  /** Against the month before; undefined when billing told of none. */
  difference: Kopecks | undefined
}

/** All months of the subscriber's own account, the latest first; none for an account that is not theirs. */
export async function periods(
  subscriber: Subscriber,
  accountId: number,
  latest?: number,
): Promise<PeriodRow[]> {
  const query = db()
    .select({
      period: charges.period,
      opening: sum(charges.opening),
      accrued: sum(
        sql`${charges.charged} + ${charges.recalculated} + ${charges.penalty} - ${charges.benefit}`,
      ),
      paid: sum(charges.paid),
      closing: sum(charges.closing),
      addsUp: sql<boolean>`bool_and(${charges.opening} + ${charges.charged} + ${charges.recalculated}
        + ${charges.penalty} - ${charges.benefit} - ${charges.paid} = ${charges.closing})`,
    })
    .from(charges)
    .where(ownCharges(subscriber, accountId))
    .groupBy(charges.period)
    .orderBy(desc(charges.period))
  return latest === undefined ? query : query.limit(latest)
}

/** The closing balance of the last month with its day to pay; undefined when billing has told nothing yet. */
export async function balance(
  subscriber: Subscriber,
  accountId: number,
  now: Date,
): Promise<Balance | undefined> {
  const [last, before] = await periods(subscriber, accountId, 2)
  if (!last) return undefined
  const { dueDay } = await currentSettings()
  const due = dueOn(last.period, dueDay)
  const followed = before?.period === addMonths(last.period, -1) ? before.accrued : undefined
  return {
    period: last.period,
    state: stateOf(last.closing),
    dueOn: due,
    overdue: isOverdue(last.closing, due, moscowDay(now)),
    accrued: last.accrued,
    difference: difference(last.accrued, followed),
  }
}

/** The latest month in which billing saw money come in, and how much; undefined when it never did. */
export async function lastPayment(
  subscriber: Subscriber,
  accountId: number,
): Promise<{ period: Period; paid: Kopecks } | undefined> {
  const paid = sum(charges.paid)
  const [row] = await db()
    .select({ period: charges.period, paid })
    .from(charges)
    .where(ownCharges(subscriber, accountId))
    .groupBy(charges.period)
    .having(gt(paid, 0))
    .orderBy(desc(charges.period))
    .limit(1)
  return row
}

/** A month's bill and the months beside it that billing has told of. */
export interface Statement extends Comparison {
  period: Period
  previous: Period | undefined
  next: Period | undefined
}

/** The bill of one month of the subscriber's own account; undefined when there is none, or not theirs. */
export async function statement(
  subscriber: Subscriber,
  accountId: number,
  period: Period,
): Promise<Statement | undefined> {
  const own = ownCharges(subscriber, accountId)
  const [lines, beside] = await Promise.all([linesOf(own, period), monthsBeside(own, period)])
  const now = lines.filter((line) => line.period === period)
  if (now.length === 0) return undefined
  const before = lines.filter((line) => line.period !== period)
  return { period, ...compareMonths(now, before), ...beside }
}

/** The services of a month and of the one before it, in the order of a bill. */
async function linesOf(own: SQL | undefined, period: Period): Promise<(Line & { period: Period })[]> {
  const rows = await db()
    .select({ charge: charges, service: services.name })
    .from(charges)
    .innerJoin(services, eq(services.id, charges.serviceId))
    .where(and(own, inArray(charges.period, [period, addMonths(period, -1)])))
    .orderBy(asc(services.sort), asc(services.name))
  return rows.map(({ charge, service }) => ({ ...charge, service }))
}

async function monthsBeside(own: SQL | undefined, period: Period) {
  const [row] = await db()
    .select({
      previous: sql`max(${charges.period}) filter (where ${lt(charges.period, period)})`.mapWith(parsed),
      next: sql`min(${charges.period}) filter (where ${gt(charges.period, period)})`.mapWith(parsed),
    })
    .from(charges)
    .where(own)
  return { previous: row?.previous ?? undefined, next: row?.next ?? undefined }
}

const parsed = (text: string) => parsePeriod(text)

function ownCharges(subscriber: Subscriber, accountId: number): SQL | undefined {
  return and(eq(charges.accountId, accountId), ownedBy(subscriber, charges.accountId))
}

function sum(of: SQLWrapper) {
  return sql`sum(${of})`.mapWith(charges.paid)
}
