import { sql } from 'drizzle-orm'
import { accounts } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import type { Result } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { addDays, type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { type Accepted, acceptReadings } from './accept'
import type { ReadingsInput } from './schema'

export type { Accepted } from './accept'
export { holdReadings } from './targets'

/** How a subscriber's values came, where it is not the form itself. */
export interface FromPhone {
  /** Of this sending, made on the phone. */
  key: string
  /** When the dials were read, by the phone's clock. */
  takenAt: Date
  /** By field, the dial in force the phone knew of when the person typed; empty for none. */
  known: Readonly<Record<string, string>>
}

/** A value kept on a phone counts for the day it was taken on for so long. */
const KEPT_FOR_DAYS = 5

/**
 * «Передать показания» of an account of the subscriber's; see `acceptReadings`. Values kept on a phone without signal count
 * for the period they were taken in when they come within five days and billing has not taken it.
 */
export function submitReadings(
  subscriber: Subscriber,
  accountId: number,
  input: ReadingsInput,
  now: Date,
  phone?: FromPhone,
): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  return acceptReadings({
    actor: subscriber,
    channel: phone ? 'offline' : 'cabinet',
    accountId,
    may: ownedBy(subscriber, accounts.id),
    input,
    now,
    takenAt: phone ? plausible(phone.takenAt, now) : now,
    ...(phone ? { keepMoment: true, key: phone.key, known: phone.known } : {}),
  })
}

/** A phone's clock may be wrong: a moment to come is now, one long past as well. */
function plausible(takenAt: Date, now: Date): Date {
  const earliest = startOfMoscowDay(addDays(moscowDay(now), -KEPT_FOR_DAYS))
  return takenAt > now || takenAt < earliest || Number.isNaN(takenAt.getTime()) ? now : takenAt
}

/**
 * Values staff enter for an account, read on a day (not after today): expired, removed and automatic meters, too.
 * See `acceptReadings`.
 */
export function enterReadings(
  staff: Staff,
  accountId: number,
  input: ReadingsInput,
  { now, takenOn = moscowDay(now) }: { now: Date; takenOn?: CalendarDay | undefined },
): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  const today = moscowDay(now)
  return acceptReadings({
    actor: staff,
    channel: 'staff',
    accountId,
    may: sql`true`,
    input,
    now,
    takenAt: takenOn >= today ? now : noonOf(takenOn),
  })
}

function noonOf(of: CalendarDay): Date {
  return new Date(startOfMoscowDay(of).getTime() + 12 * 3_600_000)
}
