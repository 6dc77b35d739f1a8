import { addDays, type CalendarDay, day, partsOfDay } from './day'

declare const periodBrand: unique symbol
/** A billing period, the calendar month `YYYY-MM`. */
export type Period = string & { readonly [periodBrand]: true }

const MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
] as const

/** Reads `YYYY-MM`, `ММ.ГГГГ` or `ММГГГГ`; undefined when it is no month. */
export function parsePeriod(text: string): Period | undefined {
  const iso = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  const russian = /^(0[1-9]|1[0-2])\.?(\d{4})$/.exec(text)
  if (iso) return text as Period
  return russian ? (`${russian[2]}-${russian[1]}` as Period) : undefined
}

/** The period of that text, for constants and database values. @throws RangeError when it is none. */
export function period(text: string): Period {
  const parsed = parsePeriod(text)
  if (!parsed) throw new RangeError('not a period')
  return parsed
}

/** The period a day falls in. */
export function periodOf(of: CalendarDay): Period {
  return of.slice(0, 7) as Period
}

/** The period `count` months later (earlier when negative). */
export function addMonths(from: Period, count: number): Period {
  const months = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1 + count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}` as Period
}

/** Months from one period to another; negative when `to` is the earlier. */
export function monthsBetween(from: Period, to: Period): number {
  const months = (of: Period) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5))
  return months(to) - months(from)
}

/** That day of the month; clamped to the month's last day (31 → 28 February). */
export function dayOfPeriod(of: Period, date: number): CalendarDay {
  const last = addDays(day(`${addMonths(of, 1)}-01`), -1)
  return date >= partsOfDay(last).date ? last : day(`${of}-${String(date).padStart(2, '0')}`)
}

/** «декабрь 2026». */
export function formatPeriod(of: Period): string {
  return `${MONTHS[monthIndex(of)]} ${of.slice(0, 4)}`
}

/** «Декабрь 2026», for headings and table rows. */
export function formatPeriodTitle(of: Period): string {
  const text = formatPeriod(of)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** «декабрь», without the year. */
export function formatMonth(of: Period): string {
  return MONTHS[monthIndex(of)] ?? ''
}

function monthIndex(of: Period): number {
  return Number(of.slice(5)) - 1
}
