import {
  and,
  asc,
  desc,
  eq,
  getViewSelectedFields,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { db } from '@/db/client'
import { meters, readings, services, statedCharges, tariffs } from '@/db/schema'
import { withoutFormers } from '@/lib/readings/own-time'
import { meterTitle, registerName, unitOf } from '@/lib/readings/words'
import type { Staff, Subscriber } from '@/lib/session/require'
import type { Kopecks } from '@/lib/units/money'
import { addMonths, type Period } from '@/lib/units/period'
import { type Comparison, compareMonths } from './compare'
import { difference, type Line, totalOf } from './rules'
import { ownScope, type Scope, staffScope, statedFor, statedIn } from './scope'
import { type Evidence, evidenceOf, type MeterPoint } from './sources'
import type { PeriodRow } from './year'

export { letterScope, ownScope, type Scope, staffScope, statedFor, statedIn } from './scope'
export type { PeriodRow } from './year'

/** All months of the subscriber's own account, the latest first; none for an account that is not theirs. */
export async function periods(subscriber: Subscriber, accountId: number): Promise<PeriodRow[]> {
  const scope = ownScope(subscriber, accountId)
  return db()
    .select(monthColumns)
    .from(await statedFor(scope))
    .where(statedIn(scope))
    .groupBy(statedCharges.period)
    .orderBy(desc(statedCharges.period))
}

const { charged, recalculated, penalty, benefit, opening, paid, closing } = statedCharges
/** What a charge came to. */
export const accruedSql = sql`${charged} + ${recalculated} + ${penalty} - ${benefit}`

/** A sum of money over rows. */
export function sum(of: SQLWrapper) {
  return sql`sum(${of})`.mapWith(statedCharges.paid)
}

/** Columns of a month, for a query grouped by period. */
export const monthColumns = {
  period: statedCharges.period,
  opening: sum(opening),
  accrued: sum(accruedSql),
  paid: sum(paid),
  closing: sum(closing),
  addsUp: sql<boolean>`bool_and(${opening} + ${accruedSql} - ${paid} = ${closing})`,
}

/** A month's bill, the readings behind it and the months beside it that billing has told of. */
export interface Statement extends Comparison {
  period: Period
  previous: Period | undefined
  next: Period | undefined
  /** What billing opened the month with beyond what it closed `previous` with; undefined when there is none before. */
  openingGap: Kopecks | undefined
  /** The readings behind each service, by its id. */
  evidence: ReadonlyMap<number, Evidence>
}

/** The bill of one month of the subscriber's own account; undefined when there is none, or not theirs. */
export async function statement(
  subscriber: Subscriber,
  accountId: number,
  period: Period,
): Promise<Statement | undefined> {
  return statementIn(ownScope(subscriber, accountId), period)
}

/** `statement` of any account, for staff. */
export async function statementOf(
  staff: Staff,
  accountId: number,
  period: Period,
): Promise<Statement | undefined> {
  return statementIn(staffScope(staff, accountId), period)
}

async function statementIn(scope: Scope, period: Period): Promise<Statement | undefined> {
  const before = addMonths(period, -1)
  const [lines, points, beside] = await Promise.all([
    linesOf(scope, [period, before]),
    pointsOf(scope, period),
    monthsBeside(scope, period),
  ])
  const now = lines.filter((line) => line.period === period)
  if (now.length === 0) return undefined
  const lastMonth = lines.filter((line) => line.period === before)
  const { previous } = beside
  const earlier = lastMonth.length === 0 && previous ? await linesOf(scope, [previous]) : lastMonth
  const compared = compareMonths(now, lastMonth)
  return {
    period,
    ...compared,
    ...beside,
    openingGap: difference(compared.total.opening, earlier.length > 0 ? totalOf(earlier).closing : undefined),
    evidence: new Map(now.map((line) => [line.serviceId, evidenceOf(line, period, points)])),
  }
}

/** Months around one that are looked at before all others: those beside it are almost always there. */
const NEAR = 3

/** The stated months next to one on either side. */
async function monthsBeside(scope: Scope, period: Period) {
  const column = statedCharges.period
  const months = async (which: SQL | undefined) => {
    const found = db()
      .selectDistinct({ period: column })
      .from(statedCharges)
      .where(and(statedIn(scope), which))
    return (await found.orderBy(column)).map((row) => row.period)
  }
  const [first, last] = [addMonths(period, -NEAR), addMonths(period, NEAR)]
  const near = await months(and(gte(column, first), lte(column, last)))
  const previous = near.findLast((one) => one < period) ?? (await months(lt(column, first))).at(-1)
  const next = near.find((one) => one > period) ?? (await months(gt(column, last)))[0]
  return { previous, next }
}

/** The services of some months, in the order of a bill. */
export async function linesOf(scope: Scope, months: Period[]): Promise<(Line & { period: Period })[]> {
  return db()
    .select({ ...getViewSelectedFields(statedCharges), service: services.name, normPer: normPerOf })
    .from(await statedFor(scope))
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(and(statedIn(scope), inArray(statedCharges.period, months)))
    .orderBy(asc(services.sort), asc(services.name))
}

/** What one norm of the service is for, by the list of tariffs as of the end of the charge's month. */
const normPerOf = sql<
  Line['normPer']
>`(select ${tariffs.normPer} from ${tariffs} where ${tariffs.serviceId} = ${services.id}
  and to_char(${tariffs.validFrom}, 'YYYY-MM') <= ${statedCharges.period} order by ${tariffs.validFrom} desc limit 1)`

/** Of every counter of the account: its latest two values in force up to a period; of a former holder's the very last alone. */
async function pointsOf(scope: Scope, period: Period): Promise<MeterPoint[]> {
  const { meterId, register, value, rolledOver } = readings
  const nth = sql<number>`row_number() over (partition by ${meterId}, ${register} order by ${readings.period} desc)`
  const since = await scope.since()
  const own = since ? sql<boolean>`${readings.takenOn} > ${since}` : sql<boolean>`true`
  const ranked = db()
    .$with('ranked')
    .as(
      db()
        .select({
          ...{ meterId, register, value, rolledOver, period: readings.period },
          own: own.as('own'),
          nth: nth.as('nth'),
        })
        .from(readings)
        .where(
          and(
            eq(readings.accountId, scope.accountId),
            scope.allowed(),
            isNull(readings.supersededAt),
            lte(readings.period, period),
          ),
        ),
    )
  const rows = await db()
    .with(ranked)
    .select()
    .from(ranked)
    .innerJoin(meters, eq(meters.id, ranked.meterId))
    .where(lte(ranked.nth, 2))
    .orderBy(asc(meters.id), asc(ranked.register), asc(ranked.nth))
  const seen = new Set(withoutFormers(rows.map((row) => row.ranked)))
  return rows
    .filter((row) => seen.has(row.ranked))
    .map(({ ranked: point, meters: meter }) => ({
      ...point,
      ...meter,
      register: point.register,
      initial: [meter.initial1, meter.initial2, meter.initial3][point.register - 1] ?? null,
      title: titleOf(meter, point.register),
      unit: unitOf(meter.kind),
    }))
}

function titleOf(meter: typeof meters.$inferSelect, register: number): string {
  const name = registerName(register, meter.registers)
  const title = meterTitle(meter.kind, meter.place)
  return name ? `${title}, ${name.toLowerCase()}` : title
}
