import type { ChartColumn } from '@/app/_ui/chart'
import type { Use } from '@/lib/readings/use'
import { registerName } from '@/lib/readings/words'
import { addMonths, formatMonth, formatPeriod, type Period } from '@/lib/units/period'
import { formatQuantity, type MeterValue, roundTo, toDecimal } from '@/lib/units/quantity'

const MONTHS = 12

/** A use in words and figures: what its unit is, and how many decimals are worth telling. */
export interface Measure {
  unit: string
  decimals: number
}

/** «август – октябрь 2026, 3 месяца вместе»; of one month «октябрь 2026». */
export function monthsWords({ from, to, months }: Use): string {
  if (months === 1) return formatPeriod(to)
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatMonth(from) : formatPeriod(from)
  return `${start} – ${formatPeriod(to)}, ${months} мес. вместе`
}

/** «6,4 м³». */
export function amountWords(value: MeterValue, { unit, decimals }: Measure): string {
  return `${formatQuantity(roundTo(value, decimals))}\u00a0${unit}`
}

/** The use of the same months a year before. */
export function yearBefore(uses: readonly Use[], { to, months }: Use): Use | undefined {
  return uses.find((one) => one.to === addMonths(to, -MONTHS) && one.months === months)
}

/** What the colours are: the counters of a meter, and one more where a meter without them stood before. */
export function seriesOf(uses: readonly Use[], registers: number): string[] {
  if (registers === 1) return ['Последние 12 месяцев']
  const names = Array.from({ length: registers }, (_, place) => registerName(place + 1, registers) ?? '')
  return uses.some((use) => use.registers.length !== registers) ? [...names, 'Без разделения'] : names
}

/** Twelve months up to the last one that was read, each with the same month of the year before behind it. */
export function columnsOf(uses: readonly Use[], registers: number, measure: Measure): ChartColumn[] {
  const last = uses.at(-1)?.to
  if (!last) return []
  return Array.from({ length: MONTHS }, (_, place) =>
    columnOf(uses, addMonths(last, place + 1 - MONTHS), registers, measure),
  )
}

function columnOf(uses: readonly Use[], month: Period, registers: number, measure: Measure): ChartColumn {
  const use = uses.find((one) => one.to === month)
  const before = uses.find((one) => one.to === addMonths(month, -MONTHS))
  return {
    label: formatMonth(month).slice(0, 3),
    parts: use ? partsOf(use, registers, measure) : [],
    ...(use ? { joins: use.months - 1 } : {}),
    ...(before
      ? {
          behind: {
            value: monthly(before.used, before),
            text: `Годом раньше, ${told(before, before.used, measure)}`,
            joins: before.months - 1,
          },
        }
      : {}),
  }
}

function partsOf(use: Use, registers: number, measure: Measure): ChartColumn['parts'] {
  const text = (amount: MeterValue, name?: string) =>
    `${name ? `${name}, ` : ''}${told(use, amount, measure)}`
  const nothing = Array.from({ length: registers }, () => ({ value: 0, text: '' }))
  if (use.registers.length !== registers)
    return [...nothing, { value: monthly(use.used, use), text: text(use.used) }]
  return use.registers.map((amount, place) => ({
    value: monthly(amount, use),
    text: text(amount, registerName(place + 1, registers)),
  }))
}

/** «октябрь 2026: 6,4 м³»; of several months the average as well. */
function told(use: Use, amount: MeterValue, measure: Measure): string {
  const part = use.partial ? ', не весь расход' : ''
  const average =
    use.months > 1 ? `, в среднем ${amountWords(share(amount, use.months), measure)} в месяц` : ''
  return `${monthsWords(use)}: ${amountWords(amount, measure)}${average}${part}`
}

function share(amount: MeterValue, months: number): MeterValue {
  return (amount / BigInt(months)) as MeterValue
}

function monthly(amount: MeterValue, { months }: Use): number {
  return Number(toDecimal(amount)) / months
}
