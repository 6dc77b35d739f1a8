import { addDays, type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { type MeterValue, quantity } from '@/lib/units/quantity'
import { compare, type Dial } from './rules'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** In less time a drip does not move the dial; in more somebody has used water. */
const SHORTEST = 2 * HOUR
const LONGEST = 16 * HOUR
/** So long after the evening the morning's value can still be written down: it was taken earlier. */
const WRITTEN_WITHIN = 24 * HOUR
/** A page that stood open, a clock that is a little fast. */
const FAST_CLOCK = 10 * MINUTE

/** What a water meter showed, and when. */
export interface NightReading {
  value: MeterValue
  at: Date
}

/**
 * What it may be that ran through the night. Litres an hour: a tap dripping once a second loses about 1.3, a toilet
 * cistern that does not shut up to some 30 (EPA WaterSense: 3,000 gallons a year, 200 gallons a day).
 */
export type Leak = 'none' | 'drip' | 'cistern' | 'strong'
const DRIP = quantity('0.002')
const CISTERN = quantity('0.03')

/** What a night tells; `perHour` in litres, `perMonth` in cubic metres of thirty days. */
export interface NightResult {
  used: MeterValue
  perHour: MeterValue
  perMonth: MeterValue
  leak: Leak
}
export type NightVerdict =
  | { ok: true; result: NightResult }
  | { ok: false; field: 'value' | 'clock'; problem: string }

/** Weighs the morning against the evening, both of one counter; else says in Russian what does not fit. */
export function nightResult(evening: NightReading, morning: NightReading, dial: Dial): NightVerdict {
  const time = morning.at.getTime() - evening.at.getTime()
  if (time < SHORTEST)
    return wrong('clock', 'Между записями нужно хотя бы 2 часа: за меньшее время капель не видно.')
  if (time > LONGEST)
    return wrong(
      'clock',
      'Между записями больше 16 часов: за такое время воду обычно открывают. Начните заново с вечера.',
    )
  const verdict = compare(morning.value, evening.value, dial)
  if (verdict.kind !== 'used' && verdict.kind !== 'turned')
    return wrong('value', 'Меньше вечернего. Проверьте цифры и тот ли это счётчик.')
  const { used } = verdict
  const perHour = scaled(used, HOUR, time)
  return {
    ok: true,
    result: {
      used,
      perHour: scaled(perHour, 1_000, 1),
      perMonth: scaled(perHour, 24 * 30, 1),
      leak: used === 0n ? 'none' : perHour <= DRIP ? 'drip' : perHour <= CISTERN ? 'cistern' : 'strong',
    },
  }
}

/** The moment a value was taken: the last time the clock showed `22:30` in Moscow; now, when nothing is given. */
export function momentOf(clock: string, now: Date): Date {
  if (clock === '') return now
  const [hours = '0', minutes = '0'] = clock.split(/[:.]/)
  const on = (day: CalendarDay) =>
    new Date(startOfMoscowDay(day).getTime() + Number(hours) * HOUR + Number(minutes) * MINUTE)
  const latest = on(addDays(moscowDay(now), 1))
  const days = [latest, on(moscowDay(now)), on(addDays(moscowDay(now), -1))]
  const found = days.find((moment) => moment.getTime() <= now.getTime() + FAST_CLOCK)
  return found ?? now
}

/** Whether an evening's value still waits for its morning. */
export function isWaiting(evening: Date, now: Date): boolean {
  return now.getTime() - evening.getTime() <= WRITTEN_WITHIN
}

/** The least a counter shows, in litres. */
export function smallestStep({ digitsAfter }: Dial): MeterValue {
  return quantity(digitsAfter >= 3 ? '1' : String(10 ** (3 - digitsAfter)))
}

function scaled(value: MeterValue, by: number, over: number): MeterValue {
  return ((value * BigInt(by) + BigInt(over) / 2n) / BigInt(over)) as MeterValue
}

function wrong(field: 'value' | 'clock', problem: string): NightVerdict {
  return { ok: false, field, problem }
}
