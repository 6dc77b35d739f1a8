declare const dayBrand: unique symbol
/** A calendar day `YYYY-MM-DD`: a date on a wall calendar, not an instant. */
export type CalendarDay = string & { readonly [dayBrand]: true }

const MOSCOW_OFFSET_MS = 3 * 3_600_000
const DAY_MS = 86_400_000
const MONTHS_OF = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
] as const

/** Reads `YYYY-MM-DD` or `ДД.ММ.ГГГГ`; undefined when it is no day that exists (31 February). */
export function parseDay(text: string): CalendarDay | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const russian = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text)
  const found = iso
    ? `${iso[1]}-${iso[2]}-${iso[3]}`
    : russian
      ? `${russian[3]}-${russian[2]}-${russian[1]}`
      : ''
  const instant = new Date(`${found}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || utcDay(instant) !== found ? undefined : utcDay(instant)
}

/** The day of that text, for constants and database values. @throws RangeError when it is none. */
export function day(text: string): CalendarDay {
  const parsed = parseDay(text)
  if (!parsed) throw new RangeError('not a calendar day')
  return parsed
}

/** The calendar day in Moscow at an instant, wherever the server stands (Moscow is UTC+3 since 2014-10-26). */
export function moscowDay(instant: Date): CalendarDay {
  return utcDay(new Date(instant.getTime() + MOSCOW_OFFSET_MS))
}

/** 00:00 Moscow time of that day, as an instant. */
export function startOfMoscowDay(of: CalendarDay): Date {
  return new Date(new Date(`${of}T00:00:00Z`).getTime() - MOSCOW_OFFSET_MS)
}

/** The day `count` days later (earlier when negative). */
export function addDays(from: CalendarDay, count: number): CalendarDay {
  return utcDay(new Date(new Date(`${from}T00:00:00Z`).getTime() + count * DAY_MS))
}

/** Days from one day to another; negative when `to` is the earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
}

/** «15 декабря 2026»; without the year «15 декабря». */
export function formatDay(of: CalendarDay, options: { year: boolean } = { year: true }): string {
  const { year, month, date } = partsOfDay(of)
  const head = `${date} ${MONTHS_OF[month - 1]}`
  return options.year ? `${head} ${year}` : head
}

/** «22 ноября 2026, 16:40», Moscow time. */
export function formatInstant(instant: Date): string {
  const moscow = new Date(instant.getTime() + MOSCOW_OFFSET_MS)
  const clock = moscow.toISOString().slice(11, 16)
  return `${formatDay(moscowDay(instant))}, ${clock}`
}

/** Year, month 1–12 and day of the month. */
export function partsOfDay(of: CalendarDay): { year: number; month: number; date: number } {
  return { year: Number(of.slice(0, 4)), month: Number(of.slice(5, 7)), date: Number(of.slice(8, 10)) }
}

function utcDay(instant: Date): CalendarDay {
  return instant.toISOString().slice(0, 10) as CalendarDay
}
