import { addDays, type CalendarDay, day, parseDay } from '@/lib/units/day'
import { type Kopecks, kopecks, parseKopecks } from '@/lib/units/money'
import { type Period, parsePeriod, periodOf } from '@/lib/units/period'
import { type MeterValue, parseQuantity, tenMillionths } from '@/lib/units/quantity'
import { plainNumber } from './plain-number'
import type { Profile } from './profile'

/** Reads a cell; undefined when it is not what it should be. */
export type Read<T> = (text: string) => T | undefined

/** How numbers, days and periods are written in a file. */
export type Marks = Pick<Profile, 'decimal' | 'dates' | 'periods'>

/** Readers of the cells of one file, by its profile. */
export interface CellReaders {
  money: Read<Kopecks>
  quantity: Read<MeterValue>
  day: Read<CalendarDay>
  period: Read<Period>
}

/** The signs that may part decimals in such files. */
export function marksOf({ decimal }: Pick<Marks, 'decimal'>): string {
  return decimal === 'auto' ? ',.' : decimal
}

/** Readers for files that write numbers, days and periods that way. */
export function cellReaders({ decimal, dates, periods }: Marks): CellReaders {
  const compact = compactNumber(decimal)
  const marks = marksOf({ decimal })
  /** The short way for what is written plainly, the long way for the rest. */
  const number =
    <T>(decimals: number, of: (units: bigint) => T, read: Read<T>): Read<T> =>
    (text) => {
      const units = plainNumber(text, decimals, marks)
      if (units !== undefined) return of(BigInt(units))
      const digits = compact(text)
      return digits === undefined ? undefined : read(digits)
    }
  const readDay = dayReaders[dates]
  const period = periodReaders[periods]
  return {
    money: number(2, kopecks, parseKopecks),
    quantity: number(7, tenMillionths, parseQuantity),
    day: remembered((text) => plausible(readDay(text.replace(CLOCK, '')))),
    period: remembered((text) => plausible(period(text))),
  }
}

const REMEMBERED = 2_000

/** Days, months and services come again and again in a file: each is read once. Forgets when there are too many. */
export function remembered<T>(read: Read<T>): Read<T> {
  const known = new Map<string, T | undefined>()
  return (text) => {
    if (known.has(text)) return known.get(text)
    if (known.size >= REMEMBERED) known.clear()
    const value = read(text)
    known.set(text, value)
    return value
  }
}

const SPACES = /[\s\u00a0\u202f\u2009]/g

/** A number without spaces. Where the decimal mark is known, the other one may part thousands and nothing else. */
function compactNumber(decimal: Marks['decimal']): Read<string> {
  const compact = (text: string) =>
    /[^\d.,-]/.test(text) ? text.replace(SPACES, '').replace('\u2212', '-') : text
  if (decimal === 'auto') return compact
  const thousands = decimal === ',' ? '.' : ','
  const grouped = decimal === ',' ? /^-?\d{1,3}(\.\d{3})+(,\d+)?$/ : /^-?\d{1,3}(,\d{3})+(\.\d+)?$/
  return (text) => {
    const digits = compact(text)
    if (!digits.includes(thousands)) return digits
    return grouped.test(digits) ? digits.replaceAll(thousands, '') : undefined
  }
}

/** Years outside these are slips of the keyboard. */
function plausible<T extends string>(date: T | undefined): T | undefined {
  return date !== undefined && date >= '1900' && date < '2200' ? date : undefined
}

/** Some programs write days with a time: «01.10.2026 0:00:00». */
const CLOCK = /[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/

const isoDay: Read<CalendarDay> = (text) => (/^\d{4}-/.test(text) ? parseDay(text) : undefined)
const russianDay: Read<CalendarDay> = (text) => {
  const found = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text)
  return found
    ? parseDay(`${found[3]}-${found[2]?.padStart(2, '0')}-${found[1]?.padStart(2, '0')}`)
    : undefined
}
const digitsDay: Read<CalendarDay> = (text) => {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return found ? parseDay(`${found[1]}-${found[2]}-${found[3]}`) : undefined
}
/** Days since 30 December 1899, as Excel counts them: 44550 is 20 December 2021. */
const excelDay: Read<CalendarDay> = (text) =>
  /^\d{5}$/.test(text) ? addDays(day('1899-12-30'), Number(text)) : undefined

const dayReaders: Readonly<Record<Marks['dates'], Read<CalendarDay>>> = {
  // Days of DBF and XLSX come as YYYY-MM-DD, whatever the profile says of texts.
  'dd.mm.yyyy': (text) => russianDay(text) ?? isoDay(text),
  'yyyy-mm-dd': isoDay,
  yyyymmdd: (text) => digitsDay(text) ?? isoDay(text),
  excel: (text) => excelDay(text) ?? isoDay(text),
  auto: (text) => isoDay(text) ?? russianDay(text) ?? digitsDay(text) ?? excelDay(text),
}

const monthYear: Read<Period> = (text) => {
  const found = /^(\d{1,2})[./](\d{4})$/.exec(text)
  return found ? parsePeriod(`${found[2]}-${found[1]?.padStart(2, '0')}`) : undefined
}
const yearMonth: Read<Period> = (text) => (/^\d{4}-\d{2}$/.test(text) ? parsePeriod(text) : undefined)
const digitsYearFirst: Read<Period> = (text) =>
  /^(19|2[01])\d{4}$/.test(text) ? parsePeriod(`${text.slice(0, 4)}-${text.slice(4)}`) : undefined
const digitsMonthFirst: Read<Period> = (text) => (/^\d{6}$/.test(text) ? parsePeriod(text) : undefined)
const dateOfPeriod: Read<Period> = (text) => {
  const found = dayReaders.auto(text.replace(CLOCK, ''))
  return found && periodOf(found)
}

/** A cell of DBF or XLSX that is a day. */
const dayCell: Read<Period> = (text) => {
  const found = isoDay(text)
  return found && periodOf(found)
}

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const worded: Read<Period> = (text) => {
  const found = /^([а-я]{3,8})\.?\s+(\d{4})(?:\s*г(?:ода|\.)?)?$/.exec(text.toLowerCase())
  const place = MONTHS.findIndex((head) => found?.[1]?.startsWith(head))
  return found && place >= 0 ? parsePeriod(`${found[2]}-${String(place + 1).padStart(2, '0')}`) : undefined
}

const periodReaders: Readonly<Record<Marks['periods'], Read<Period>>> = {
  'mm.yyyy': (text) => monthYear(text) ?? dayCell(text),
  'yyyy-mm': (text) => yearMonth(text) ?? dayCell(text),
  yyyymm: (text) => digitsYearFirst(text) ?? dayCell(text),
  mmyyyy: (text) => digitsMonthFirst(text) ?? dayCell(text),
  'month yyyy': (text) => worded(text) ?? dayCell(text),
  date: dateOfPeriod,
  // Six digits are told apart by the year: no month is 19 to 21.
  auto: (text) =>
    monthYear(text) ??
    yearMonth(text) ??
    digitsYearFirst(text) ??
    digitsMonthFirst(text) ??
    worded(text) ??
    dateOfPeriod(text),
}
