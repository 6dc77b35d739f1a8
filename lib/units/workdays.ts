import { addDays, type CalendarDay, moscowDay, startOfMoscowDay } from './day'
import { calendarOf } from './production-calendar'

const HOUR_MS = 3_600_000
const OPENS_AT = 8
const CLOSES_AT = 17
/** Working days in which an applicant is answered (clause 3.1 of the user agreement). */
const ANSWER_DAYS = 3

/** Whether the production calendar of that year is known; if not, every Monday–Friday counts as working. */
export function calendarLoaded(year: number): boolean {
  return calendarOf(year) !== undefined
}

/** Whether that day is worked by the production calendar (Mon–Fri in the years that are not loaded). */
export function isWorkingDay(day: CalendarDay): boolean {
  const monthAndDate = day.slice(5)
  const calendar = calendarOf(Number(day.slice(0, 4)))
  return isWeekend(day)
    ? (calendar?.workingWeekends.includes(monthAndDate) ?? false)
    : !calendar?.daysOff.includes(monthAndDate)
}

/** That day if it is worked, else the first working day after it. */
export function nextWorkingDayOnOrAfter(day: CalendarDay): CalendarDay {
  let found = day
  while (!isWorkingDay(found)) found = addDays(found, 1)
  return found
}

/**
 * The `count`-th working day after `day`, which itself is not counted; `day` itself for 0.
 * @throws RangeError when `count` is not a whole number from 0.
 */
export function addWorkingDays(day: CalendarDay, count: number): CalendarDay {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError('working days are counted forwards and whole')
  let found = day
  for (let left = count; left > 0; left -= 1) found = nextWorkingDayOnOrAfter(addDays(found, 1))
  return found
}

/** Working days after `from` up to `to`, that one included; negative when `to` is the earlier. */
export function workingDaysBetween(from: CalendarDay, to: CalendarDay): number {
  if (to < from) return -workingDaysBetween(to, from)
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) count += 1
  }
  return count
}

/**
 * By when an applicant is answered: three working days after the Moscow day of submission, which is not
 * counted (clause 3.1 of the user agreement). The applicant is told `dueOn`; staff see `dueAt`, the end of
 * that working day at 17:00 Moscow time.
 */
export function answerDeadline(submittedAt: Date): { dueOn: CalendarDay; dueAt: Date } {
  const dueOn = addWorkingDays(moscowDay(submittedAt), ANSWER_DAYS)
  return { dueOn, dueAt: atHour(dueOn, CLOSES_AT) }
}

/**
 * Working time from `now` to `dueAt` in hours, not rounded: 8:00–17:00 Moscow time of working days only;
 * negative by as much as `dueAt` has passed. The shorter days before holidays count as whole ones.
 */
export function workingTimeLeft(now: Date, dueAt: Date): { hours: number } {
  const spent = now <= dueAt ? workingMs(now, dueAt) : -workingMs(dueAt, now)
  return { hours: spent === 0 ? 0 : spent / HOUR_MS }
}

function workingMs(from: Date, to: Date): number {
  const last = moscowDay(to)
  let total = 0
  for (let day = moscowDay(from); day <= last; day = addDays(day, 1)) {
    if (!isWorkingDay(day)) continue
    const start = Math.max(from.getTime(), atHour(day, OPENS_AT).getTime())
    const end = Math.min(to.getTime(), atHour(day, CLOSES_AT).getTime())
    total += Math.max(0, end - start)
  }
  return total
}

function atHour(day: CalendarDay, hour: number): Date {
  return new Date(startOfMoscowDay(day).getTime() + hour * HOUR_MS)
}

function isWeekend(day: CalendarDay): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0
}
