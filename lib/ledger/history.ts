import { and, asc, desc, eq, gte, inArray, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { ledgerEntries, payments, services, statedCharges } from '@/db/schema'
import { type CalendarDay, day, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import { addMonths, type Period, period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import type { Figures } from './rules'
import type { LedgerSearch } from './schema'
import { type Scope, statedFor, statedIn } from './scope'
import type { YearLine } from './year'

const figures = {
  opening: statedCharges.opening,
  charged: statedCharges.charged,
  recalculated: statedCharges.recalculated,
  benefit: statedCharges.benefit,
  penalty: statedCharges.penalty,
  paid: statedCharges.paid,
  closing: statedCharges.closing,
}

/** The years billing has told of, the latest first. */
export async function yearsIn(scope: Scope): Promise<number[]> {
  const year = sql<string>`left(${statedCharges.period}, 4)`
  const rows = await db()
    .selectDistinct({ year })
    .from(statedCharges)
    .where(statedIn(scope))
    .orderBy(desc(year))
  return rows.map((row) => Number(row.year))
}

/** Every service of every month of a year, in the order of a bill. */
export async function yearIn(scope: Scope, year: number): Promise<YearLine[]> {
  return yearLines(scope, inArray(statedCharges.period, monthsOfYear(year)))
}

/** Every service of every month from the first to the last, in the order of a bill. */
export async function linesBetween(scope: Scope, from: Period, to: Period): Promise<YearLine[]> {
  return yearLines(scope, and(gte(statedCharges.period, from), lte(statedCharges.period, to)))
}

async function yearLines(scope: Scope, which: SQL | undefined): Promise<YearLine[]> {
  return db()
    .select({
      period: statedCharges.period,
      serviceId: statedCharges.serviceId,
      service: services.name,
      ...figures,
    })
    .from(await statedFor(scope))
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(and(statedIn(scope), which))
    .orderBy(asc(services.sort), asc(services.name))
}

/** A charge as it is found and exported. */
export interface ChargeFound extends Figures {
  period: Period
  service: string
  unit: string
  volume: MeterValue | null
  tariff: MeterValue | null
}

/** Charges by service, months and what stands in them, the latest first. */
export async function searchIn(scope: Scope, asked: LedgerSearch): Promise<ChargeFound[]> {
  return chargesIn(
    scope,
    and(
      asked.service === undefined ? undefined : eq(statedCharges.serviceId, asked.service),
      asked.from && gte(statedCharges.period, asked.from),
      asked.to && lte(statedCharges.period, asked.to),
      or(...asked.only.map((column) => ne(statedCharges[column], NOTHING))),
      asked.q ? sql`folded(${services.name}) like '%' || folded(${asked.q}) || '%'` : undefined,
    ),
  )
}

const NOTHING = sql`0`

/** The charges of a year, the latest month first. */
export async function chargesOfYear(scope: Scope, year: number): Promise<ChargeFound[]> {
  return chargesIn(scope, inArray(statedCharges.period, monthsOfYear(year)))
}

async function chargesIn(scope: Scope, which: SQL | undefined): Promise<ChargeFound[]> {
  return db()
    .select({
      period: statedCharges.period,
      service: services.name,
      unit: statedCharges.unit,
      volume: statedCharges.volume,
      tariff: statedCharges.tariff,
      ...figures,
    })
    .from(await statedFor(scope))
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(and(statedIn(scope), which))
    .orderBy(desc(statedCharges.period), asc(services.sort), asc(services.name))
}

/** Services the account was ever charged for, with the first and the last month: what a search can ask for. */
export async function searchable(scope: Scope): Promise<{ services: Choice[]; months: Period[] }> {
  const rows = await db()
    .select({
      id: services.id,
      name: services.name,
      first: sql`min(${statedCharges.period})`.mapWith(period),
      last: sql`max(${statedCharges.period})`.mapWith(period),
    })
    .from(statedCharges)
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(statedIn(scope))
    .groupBy(services.id, services.name, services.sort)
    .orderBy(asc(services.sort), asc(services.name))
  const months: Period[] = []
  const [first] = rows.map((row) => row.first).sort()
  const last = rows
    .map((row) => row.last)
    .sort()
    .at(-1)
  if (first && last) for (let month = last; month >= first; month = addMonths(month, -1)) months.push(month)
  return { services: rows.map(({ id, name }) => ({ id, name })), months }
}

interface Choice {
  id: number
  name: string
}

/** A payment known beside billing's figures. */
export interface KnownPayment {
  id: string
  day: CalendarDay
  amount: Kopecks
  place: string
  source: 'cabinet' | 'register'
  /** Not in billing's figures yet. */
  pending: boolean
}

/** Payments of a year known beside billing's figures, the latest first. */
export async function paymentsIn(scope: Scope, year: number): Promise<KnownPayment[]> {
  const rows = await db()
    .select({
      id: payments.id,
      paidAt: payments.paidAt,
      amount: payments.amount,
      place: payments.place,
      source: payments.source,
      pending: sql<boolean>`coalesce(sum(${ledgerEntries.amount}), 0) <> 0`,
    })
    .from(payments)
    .leftJoin(
      ledgerEntries,
      and(eq(ledgerEntries.accountId, payments.accountId), eq(ledgerEntries.paymentId, payments.id)),
    )
    .where(
      and(
        eq(payments.accountId, scope.accountId),
        scope.allowed({ moment: payments.paidAt }),
        gte(payments.paidAt, startOfMoscowDay(day(`${year}-01-01`))),
        lt(payments.paidAt, startOfMoscowDay(day(`${year + 1}-01-01`))),
      ),
    )
    .groupBy(payments.id)
    .orderBy(desc(payments.paidAt), asc(payments.id))
  return rows.map(({ paidAt, ...rest }) => ({ ...rest, day: moscowDay(paidAt) }))
}

/** January to December; named one by one, so that other years' partitions stay closed. */
function monthsOfYear(year: number): Period[] {
  const first = period(`${year}-01`)
  return Array.from({ length: 12 }, (_, place) => addMonths(first, place))
}
