import { addDays, type CalendarDay, formatDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'

/** The farthest a version may be published ahead, days. */
const FARTHEST = 366

/**
 * Why a version cannot take force on a day, in words; undefined when it can. Today is at once, a later day from 00:00 Moscow
 * time. Not before `newest`, when that one is still coming: one of the two would never be in force.
 */
export function dayProblem(
  on: CalendarDay,
  now: Date,
  newest: { version: number; effectiveFrom: Date } | undefined,
): string | undefined {
  const today = moscowDay(now)
  if (on < today) return 'Этот день уже прошёл. Выберите сегодняшний или любой следующий'
  if (on > addDays(today, FARTHEST)) return 'Не больше чем на год вперёд'
  const at = on === today ? now : startOfMoscowDay(on)
  if (!newest || newest.effectiveFrom <= at) return undefined
  const day = formatDay(moscowDay(newest.effectiveFrom))
  return `Версия ${newest.version} начнёт действовать ${day}: новая не может раньше неё`
}
