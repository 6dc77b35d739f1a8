import { addDays, type CalendarDay, daysBetween, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { nextWorkingDayOnOrAfter } from '@/lib/units/workdays'
import type { MeterKind } from './words'

/** Days of the month, both included; `from` > `to` crosses the month's end. `waits`: closes on a working day, on the next one if need be. */
export interface WindowDays {
  from: number
  to: number
  waits?: boolean
}

/** What the settings say of windows. */
export interface WindowSettings {
  readingWindow: WindowDays
  readingWindows: Partial<Record<MeterKind, WindowDays>>
  windowWaitsForWorkday: boolean
}

/** The window's days of a kind of meters: its own, else those of all. */
export function windowDaysOf(settings: WindowSettings, kind?: MeterKind): WindowDays {
  const own = kind && settings.readingWindows[kind]
  return { ...(own ?? settings.readingWindow), waits: settings.windowWaitsForWorkday }
}

/** When readings of a period are taken: from 00:00 of the first day to 24:00 of the last, Moscow time. */
export interface Window {
  opensOn: CalendarDay
  closesOn: CalendarDay
  opensAt: Date
  /** The first instant that is too late. */
  closesAt: Date
}

/**
 * The window of a period. One that crosses the month's end belongs to the month it opens in;
 * a day past the month's end is its last.
 */
export function windowOf(period: Period, { from, to, waits = false }: WindowDays): Window {
  const opensOn = dayOfPeriod(period, from)
  const lastDay = dayOfPeriod(from > to ? addMonths(period, 1) : period, to)
  const closesOn = waits ? nextWorkingDayOnOrAfter(lastDay) : lastDay
  return {
    opensOn,
    closesOn,
    opensAt: startOfMoscowDay(opensOn),
    closesAt: startOfMoscowDay(addDays(closesOn, 1)),
  }
}

/** The period a value sent now is stored for: the earliest whose window has not closed, so a late value goes to the next. */
export function periodFor(now: Date, days: WindowDays): Period {
  let period = addMonths(periodOf(moscowDay(now)), -1)
  while (now >= windowOf(period, days).closesAt) period = addMonths(period, 1)
  return period
}

/** The moment a value read on a day counts for: now for today, else noon of that day, Moscow time. */
export function momentOf(takenOn: CalendarDay, now: Date): Date {
  return takenOn === moscowDay(now) ? now : new Date(startOfMoscowDay(takenOn).getTime() + NOON_MS)
}

const NOON_MS = 12 * 3_600_000

/** Where the window stands now. */
export interface WindowState {
  /** What a value sent now is stored for. */
  period: Period
  open: boolean
  opensOn: CalendarDay
  closesOn: CalendarDay
  /** Days after today until the last one; 0 on the last day itself. */
  daysLeft: number
  /** When closed: the window that closed last. */
  missed: { period: Period; closedOn: CalendarDay } | undefined
}

/** The window a value sent now falls in, or waits for; of a later `period`, when billing has taken that one already. */
export function windowState(now: Date, days: WindowDays, period: Period = periodFor(now, days)): WindowState {
  const { opensOn, closesOn, opensAt } = windowOf(period, days)
  const open = now >= opensAt
  const before = addMonths(period, -1)
  return {
    period,
    open,
    opensOn,
    closesOn,
    daysLeft: daysBetween(moscowDay(now), closesOn),
    missed: open ? undefined : { period: before, closedOn: windowOf(before, days).closesOn },
  }
}
