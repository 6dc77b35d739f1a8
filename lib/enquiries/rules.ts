import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { formatPeriod, type Period } from '@/lib/units/period'
import { plural } from '@/lib/units/text'
import { addWorkingDays, workingDaysBetween } from '@/lib/units/workdays'

/** Working days in which an enquiry is answered: the company's own promise, the day it came not counted. */
export const ANSWER_DAYS = 10

/** By when an enquiry that waits since then is answered. */
export function dueOn(waitingSince: Date): CalendarDay {
  return addWorkingDays(moscowDay(waitingSince), ANSWER_DAYS)
}

/** How long there is left to answer, in words and in the urgency it has. */
export function timeLeft(
  due: CalendarDay,
  today: CalendarDay,
): { words: string; urgency: 'bad' | 'warn' | 'water' } {
  const days = workingDaysBetween(today, due)
  if (days < 0) return { words: 'просрочено', urgency: 'bad' }
  if (days === 0) return { words: 'сегодня', urgency: 'bad' }
  return { words: plural(days, ['день', 'дня', 'дней']), urgency: days <= 2 ? 'warn' : 'water' }
}

/** What the subject of an enquiry about a line starts as: «Отопление, октябрь 2026». */
export function subjectOf(line: { service: string; period: Period }): string {
  return `${line.service}, ${formatPeriod(line.period)}`
}

/** What somebody who writes one enquiry after another reads. */
export function tooManyWords(minutes: number): string {
  const hours = Math.ceil(minutes / 60)
  return `За сутки вы написали уже много раз. Попробуйте через ${plural(hours, ['час', 'часа', 'часов'])} или позвоните нам. То, что вы ввели, на месте.`
}
