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

/** Why an enquiry is closed without an answer. The first two are clause 3.4 of the user agreement. */
export const closeReasons = {
  advertising: 'Реклама (п. 3.4 соглашения)',
  obscene: 'Нецензурная брань (п. 3.4 соглашения)',
  settled: 'Вопрос решён',
} as const
export type CloseReason = keyof typeof closeReasons

/** What a closed enquiry says to who wrote it. */
export function closedWords(reason: CloseReason): string {
  return reason === 'settled'
    ? 'Вопрос решён, обращение закрыто. Если это не так, напишите ещё: оно откроется снова.'
    : 'Обращение оставлено без ответа: пункт 3.4 пользовательского соглашения.'
}

/** Whether the person may go on writing: not where clause 3.4 closed it. */
export function mayContinue(reason: CloseReason | null): boolean {
  return reason === null || reason === 'settled'
}

/** What somebody who writes one enquiry after another reads. */
export function tooManyWords(minutes: number): string {
  const hours = Math.ceil(minutes / 60)
  return `За сутки вы написали уже много раз. Попробуйте через ${plural(hours, ['час', 'часа', 'часов'])} или позвоните нам. То, что вы ввели, на месте.`
}
