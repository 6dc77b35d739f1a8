import { type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { accrued, addsUp, type Figures, totalOf } from './rules'

/** One service of one month, by its figures alone. */
export interface YearLine extends Figures {
  period: Period
  serviceId: number
  service: string
}

/** One month of an account. `addsUp` is false when any service's figures do not add up. */
export interface PeriodRow {
  period: Period
  opening: Kopecks
  accrued: Kopecks
  paid: Kopecks
  closing: Kopecks
  addsUp: boolean
}

/** The months of some lines, the latest first. */
export function monthsOf(lines: readonly YearLine[]): PeriodRow[] {
  return periodsOf(lines)
    .reverse()
    .map((period) => {
      const own = lines.filter((line) => line.period === period)
      const total = totalOf(own)
      const { opening, paid, closing } = total
      return { period, opening, paid, closing, accrued: accrued(total), addsUp: own.every(addsUp) }
    })
}

/** What months came to by service: a row per service, an amount per month. */
export interface ByService {
  months: Period[]
  services: { name: string; amounts: Kopecks[]; total: Kopecks }[]
  totals: Kopecks[]
}

/** Months, the earliest first, by service in the order of the lines. The sums of the columns are the months' own. */
export function byService(lines: readonly YearLine[]): ByService {
  const months = periodsOf(lines)
  const names = [...new Map(lines.map((line) => [line.serviceId, line.service]))]
  const services = names.map(([id, name]) => {
    const own = lines.filter((line) => line.serviceId === id)
    const amounts = months.map((month) =>
      sumKopecks(own.filter((line) => line.period === month).map((line) => accrued(line))),
    )
    return { name, amounts, total: sumKopecks(amounts) }
  })
  return { months, services, totals: months.map((_, place) => columnOf(services, place)) }
}

/** The `most` services that weigh most, in their order, the others as one: as many as a graph can tell apart. */
export function fewServices(of: ByService, most: number, others: string): ByService['services'] {
  if (of.services.length <= most) return of.services
  const heaviest = [...of.services]
    .sort((a, b) => (size(a.total) < size(b.total) ? 1 : -1))
    .slice(0, most - 1)
  const rest = of.services.filter((service) => !heaviest.includes(service))
  const amounts = of.months.map((_, place) => columnOf(rest, place))
  return [
    ...of.services.filter((service) => heaviest.includes(service)),
    { name: others, amounts, total: sumKopecks(amounts) },
  ]
}

function columnOf(services: ByService['services'], place: number): Kopecks {
  return kopecks(services.reduce((sum, { amounts }) => sum + (amounts[place] ?? 0n), 0n))
}

function periodsOf(lines: readonly YearLine[]): Period[] {
  return [...new Set(lines.map((line) => line.period))].sort()
}

function size(amount: Kopecks): bigint {
  return amount < 0n ? -amount : amount
}
