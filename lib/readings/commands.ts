import { and, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters } from '@/db/schema'
import { accountsOf, ownedBy } from '@/lib/accounts/queries'
import { type FieldErrors, invalid, ok, type Result } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { addDays, type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { type Accepted, absent, acceptIn, acceptReadings } from './accept'
import { fieldsOf, namedMeters, type ReadingsInput } from './schema'
import { momentOf } from './window'

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
 * «Передать показания» of the subscriber's accounts, all or nothing, a slip for each account; see `acceptReadings`. Whose meters
 * they are is asked of the database, not of the form. Values kept on a phone without signal count for the period they were taken in
 * when they come within five days and billing has not taken it.
 */
export async function submitReadings(
  subscriber: Subscriber,
  input: ReadingsInput,
  now: Date,
  phone?: FromPhone,
): Promise<Result<Accepted[], 'absent' | 'conflict'>> {
  const sendings = await sendingsOf(subscriber, input)
  if (!sendings) return absent()
  const accepted: Accepted[] = []
  const errors: FieldErrors = {}
  try {
    await db().transaction(async (tx) => {
      for (const { accountId, input } of sendings) {
        const result = await acceptIn(tx, { ...byPerson(subscriber, now, phone), accountId, input })
        if (result.status === 'ok') accepted.push(result.value)
        else if (result.status === 'invalid') Object.assign(errors, result.errors)
        else throw new NotAccepted(result)
      }
      if (Object.keys(errors).length > 0) throw new NotAccepted(invalid(errors))
    })
  } catch (error) {
    if (error instanceof NotAccepted) return error.result
    throw error
  }
  return ok(accepted)
}

/** Takes back what other accounts of the same form had written. */
class NotAccepted extends Error {
  constructor(readonly result: Exclude<Result<never, 'absent' | 'conflict'>, { status: 'ok' }>) {
    super(result.status)
  }
}

function byPerson(subscriber: Subscriber, now: Date, phone: FromPhone | undefined) {
  return {
    actor: subscriber,
    channel: phone ? ('offline' as const) : ('cabinet' as const),
    may: ownedBy(subscriber, accounts.id),
    now,
    takenAt: phone ? plausible(phone.takenAt, now) : now,
    ...(phone ? { keepMoment: true, key: phone.key, known: phone.known } : {}),
  }
}

/**
 * A form's fields by the account their meters are of, in the order accounts are held; a form with nothing typed is the first
 * account's. Undefined when it names a meter that is not theirs, or they have no account.
 */
async function sendingsOf(
  subscriber: Subscriber,
  input: ReadingsInput,
): Promise<{ accountId: number; input: ReadingsInput }[] | undefined> {
  const named = new Set(namedMeters(input))
  if (named.size === 0) {
    const [first] = await accountsOf(subscriber)
    return first && [{ accountId: first.id, input }]
  }
  const found = await db()
    .select({ id: meters.id, accountId: meters.accountId })
    .from(meters)
    .where(and(inArray(meters.id, [...named]), ownedBy(subscriber, meters.accountId)))
  if (found.length < named.size) return undefined
  const accountIds = [...new Set(found.map((meter) => meter.accountId))].sort((a, b) => a - b)
  return accountIds.map((accountId) => {
    const own = found.filter((meter) => meter.accountId === accountId)
    return { accountId, input: fieldsOf(input, new Set(own.map(({ id }) => id))) }
  })
}

/** A phone's clock may be wrong: a moment to come is now, one long past as well. */
function plausible(takenAt: Date, now: Date): Date {
  const earliest = startOfMoscowDay(addDays(moscowDay(now), -KEPT_FOR_DAYS))
  return takenAt > now || takenAt < earliest || Number.isNaN(takenAt.getTime()) ? now : takenAt
}

/**
 * Values staff enter for an account, read on a day: expired and automatic meters, too, and the last value of a removed one.
 * `invalid` at `takenOn` for a day to come; else see `acceptReadings`.
 */
export async function enterReadings(
  staff: Staff,
  accountId: number,
  input: ReadingsInput,
  { now, takenOn = moscowDay(now) }: { now: Date; takenOn?: CalendarDay | undefined },
): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  if (takenOn > moscowDay(now)) return invalid({ takenOn: 'Этот день ещё не наступил.' })
  return acceptReadings({
    actor: staff,
    channel: 'staff',
    accountId,
    may: sql`true`,
    input,
    now,
    takenAt: momentOf(takenOn, now),
  })
}
