import { addDays, type CalendarDay } from '@/lib/units/day'

/** How many days ahead a holder is told that a verification runs out. */
export const STEPS = [90, 60, 30, 0] as const

/** A missed day of the last step is made up for so long; a meter that expired earlier is old news. */
const MADE_UP_DAYS = 30

/** A step, and the last days of verifications it is told for today. */
export interface Step {
  step: number
  from: CalendarDay
  to: CalendarDay
}

/**
 * The days that fall into each step today. They do not overlap: whoever missed a step is told the nearest one, not all of
 * them at once.
 */
export function stepsOf(today: CalendarDay): Step[] {
  return STEPS.map((step, place) => {
    const next = STEPS[place + 1]
    const from = next === undefined ? addDays(today, -MADE_UP_DAYS) : addDays(today, next + 1)
    return { step, from, to: addDays(today, step) }
  })
}
