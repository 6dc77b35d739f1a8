import type { CalendarDay } from '@/lib/units/day'
import { dayOfPeriod, type Period } from '@/lib/units/period'
import { add, type MeterValue, quantity } from '@/lib/units/quantity'
import { type MeterLife, usesOf } from './use'

/** A meter with the one it took the place of. */
export interface Linked extends MeterLife {
  id: number
  replaces: number | null
}

/** The meter and those it took the place of, the newest first; a knot in the records ends the line. */
export function lineTo<Meter extends Linked>(meter: Meter, all: readonly Meter[]): Meter[] {
  const line = [meter]
  for (let last = meter; ; ) {
    const before = all.find((one) => one.id === last.replaces)
    if (!before || line.includes(before)) return line
    line.push(before)
    last = before
  }
}

/** The meters of a flat as lines: each that nothing took the place of, with those before it. */
export function linesOf<Meter extends Linked>(all: readonly Meter[]): Meter[][] {
  const replaced = new Set(all.map((one) => one.replaces))
  return all.filter((one) => !replaced.has(one.id)).map((one) => lineTo(one, all))
}

/**
 * What went through all lines together in one month; undefined unless it is known of every line that had a meter then,
 * for that month alone and in whole.
 */
export function usedTogether(
  lines: readonly (readonly MeterLife[])[],
  month: Period,
): MeterValue | undefined {
  const there = lines.filter((line) => hadMeter(line, month))
  let total: MeterValue | undefined
  for (const line of there) {
    const use = usesOf(line).find((one) => one.to === month)
    if (!use || use.months > 1 || use.partial) return undefined
    total = add(total ?? quantity('0'), use.used)
  }
  return total
}

/** How many lines had a meter in a month. */
export function standingIn(lines: readonly (readonly MeterLife[])[], month: Period): number {
  return lines.filter((line) => hadMeter(line, month)).length
}

function hadMeter(line: readonly MeterLife[], month: Period): boolean {
  return line.some((meter) => isThere(meter, month))
}

function isThere({ installedOn, removedOn }: MeterLife, month: Period): boolean {
  const [first, last]: [CalendarDay, CalendarDay] = [dayOfPeriod(month, 1), dayOfPeriod(month, 31)]
  return installedOn <= last && (removedOn === null || removedOn >= first)
}
