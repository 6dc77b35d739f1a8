import { invalid, ok, type Result } from '@/lib/result'
import { type CalendarDay, parseDay } from '@/lib/units/day'
import type { CalendarYear } from '@/lib/units/production-calendar'
import { plural } from '@/lib/units/text'

const DAY = /<day\b([^<>]*?)\/?>/g
const LONGEST = 200_000
/** Holidays of the Labour Code, article 112; a file without one of them is cut short or of something else. */
const HOLIDAYS = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
]

/** A year read from a file. */
export interface ReadCalendar extends CalendarYear {
  year: number
}

/**
 * Reads a production calendar in the XML of the xmlcalendar project (`<calendar year="2028"><days><day d="01.01" t="1"/>…`):
 * `t` 1 is a day off, 2 a shorter working day, 3 a working day. Invalid at `text`, with the line and the reason, when a line
 * cannot be, a day comes twice, or a holiday of the law is missing.
 */
export function readCalendar(xml: string): Result<ReadCalendar, never> {
  if (xml.length > LONGEST) return refuse('Файл слишком велик для календаря одного года')
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return refuse('В файле есть DOCTYPE: в календаре его не бывает')
  const year = Number(/<calendar\b[^>]*\byear="(20\d\d)"/.exec(xml)?.[1])
  if (!year) return refuse('Это не календарь xmlcalendar: нет строки <calendar year="…">')
  const kinds = new Map<CalendarDay, string>()
  for (const { 1: attributes = '', index } of xml.matchAll(DAY)) {
    const found = readDay(year, attributes)
    const at = `Строка ${xml.slice(0, index).split('\n').length}`
    if (typeof found === 'string') return refuse(`${at}: ${found}`)
    if (kinds.has(found.day)) return refuse(`${at}: день ${russian(found.day)} встречается второй раз`)
    kinds.set(found.day, found.kind)
  }
  const calendar = departures(year, kinds)
  const missing = HOLIDAYS.find((day) => !isOff(`${year}-${day}`, calendar))
  if (missing)
    return refuse(`Нет выходного ${missing.slice(3)}.${missing.slice(0, 2)}: файл неполный или не тот`)
  return ok(calendar)
}

function readDay(year: number, attributes: string): { day: CalendarDay; kind: string } | string {
  const [, month, date] = /(?:^|\s)d="(\d\d)\.(\d\d)"/.exec(attributes) ?? []
  const day = month && date ? parseDay(`${year}-${month}-${date}`) : undefined
  if (!day) return `такого дня нет в ${year} году (нужно d="ММ.ДД")`
  const kind = /(?:^|\s)t="([^"]*)"/.exec(attributes)?.[1] ?? ''
  return /^[123]$/.test(kind) ? { day, kind } : 'вид дня t должен быть 1, 2 или 3'
}

function departures(year: number, kinds: ReadonlyMap<CalendarDay, string>): ReadCalendar {
  const of = (wanted: (day: CalendarDay, kind: string) => boolean) =>
    [...kinds].flatMap(([day, kind]) => (wanted(day, kind) ? [day.slice(5)] : [])).sort()
  return {
    year,
    daysOff: of((day, kind) => kind === '1' && !isWeekend(day)),
    workingWeekends: of((day, kind) => kind !== '1' && isWeekend(day)),
  }
}

function isOff(day: string, { daysOff, workingWeekends }: CalendarYear): boolean {
  return isWeekend(day) ? !workingWeekends.includes(day.slice(5)) : daysOff.includes(day.slice(5))
}

function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0
}

/** «14 выходных среди недели, 1 рабочая суббота или воскресенье». */
export function calendarWords({ daysOff, workingWeekends }: CalendarYear): string {
  return `${plural(daysOff.length, ['выходной', 'выходных', 'выходных'])} среди недели, ${plural(
    workingWeekends.length,
    ['рабочий день', 'рабочих дня', 'рабочих дней'],
  )} в субботу и воскресенье`
}

function russian(day: CalendarDay): string {
  return `${day.slice(8)}.${day.slice(5, 7)}`
}

function refuse(reason: string) {
  return invalid({ text: reason })
}
