import type { Period } from '@/lib/units/period'
import { firstNotTaken } from './rules'
import { periodFor, type WindowSettings, windowDaysOf } from './window'
import type { MeterKind } from './words'

/** `due`: what the window says a value is for; `period`: what it is stored for, later once billing has taken that. */
export interface Target {
  due: Period
  period: Period
}

/** Where the values of each kind of meters go. */
export type Targets = (kind: MeterKind) => Target

/** Where values taken at that moment go, given the periods billing has taken. */
export function targetsOf(settings: WindowSettings, at: Date, taken: ReadonlySet<Period>): Targets {
  return (kind) => {
    const due = periodFor(at, windowDaysOf(settings, kind))
    return { due, period: firstNotTaken(due, taken) }
  }
}

const KINDS: readonly MeterKind[] = ['cold_water', 'hot_water', 'electricity', 'heat', 'gas']

/** What the windows of all kinds are for at that moment, the earliest first. */
export function duePeriods(settings: WindowSettings, at: Date): [Period, ...Period[]] {
  const [first, ...others] = KINDS.map((kind) => periodFor(at, windowDaysOf(settings, kind))).sort()
  return [first ?? periodFor(at, settings.readingWindow), ...others]
}
