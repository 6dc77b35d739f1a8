import { and, desc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accountAccess, accounts, meters, nightChecks } from '@/db/schema'
import { ownedBy, ownedSince } from '@/lib/accounts/queries'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { isWaiting, momentOf, type NightReading, type NightResult, nightResult } from './night'
import { readTyped } from './rules'
import type { EveningInput, MorningInput } from './schema'
import { meterTitle } from './words'

const waterKinds = ['cold_water', 'hot_water'] as const
const DAY = 86_400_000
/** Checks begun on a meter in a day: more is nobody's night. */
const MOST_A_DAY = 5

/** A night that is over, and what it told. */
export interface PastNight {
  id: string
  evening: NightReading
  morning: NightReading
  result: NightResult
}

/** A water meter of one of the subscriber's own accounts that hangs there now; undefined for any other, alike. */
export async function nightMeter(subscriber: Subscriber, meterId: number) {
  const [found] = await db()
    .select({ meter: meters, accountNumber: accounts.accountNumber, address: accounts.address })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(waterMeter(subscriber, meterId))
  return found && { ...found, title: meterTitle(found.meter.kind, found.meter.place) }
}

type Meter = typeof meters.$inferSelect

/** Night checks of a meter: the evening that waits for its morning, and those that are over, the latest first. */
export async function nightsOf(
  subscriber: Subscriber,
  meter: Meter,
  now: Date,
): Promise<{ evening: NightReading | undefined; past: PastNight[] }> {
  const found = await db()
    .select()
    .from(nightChecks)
    .where(and(ofMeter(meter), seenBy(subscriber)))
    .orderBy(desc(nightChecks.eveningAt))
    .limit(24)
  const open = found.find((one) => one.morningAt === null && isWaiting(one.eveningAt, now))
  return {
    evening: open && eveningOf(open),
    past: found.flatMap((one) => {
      if (one.morningAt === null || one.morningValue === null) return []
      const [evening, morning] = [eveningOf(one), { value: one.morningValue, at: one.morningAt }]
      const told = nightResult(evening, morning, meter)
      return told.ok ? [{ id: one.id, evening, morning, result: told.result }] : []
    }),
  }
}

/**
 * Writes down what a water meter shows in the evening; written again, it takes the place of what waited. `invalid` by
 * field; `refused`: `absent` for a meter that is not theirs or takes no check, `often`.
 */
export async function noteEvening(
  subscriber: Subscriber,
  input: EveningInput,
  now: Date,
): Promise<Result<undefined, 'absent' | 'often'>> {
  return db().transaction(async (tx) => {
    const meter = await holdMeter(tx, subscriber, input.meter)
    if (!meter) return absent()
    const typed = readTyped(input.evening, meter)
    if (!typed.ok) return invalid({ evening: typed.error })
    const open = await openCheck(tx, meter)
    const { value } = typed
    const evening = {
      userId: subscriber.userId,
      eveningAt: momentOf(input.eveningClock, now),
      eveningValue: value,
    }
    if (open) {
      const isResent =
        open.eveningValue === value && input.eveningClock === '' && isWaiting(open.eveningAt, now)
      if (!isResent) await tx.update(nightChecks).set(evening).where(eq(nightChecks.id, open.id))
      return ok()
    }
    const lately = and(ofMeter(meter), gt(nightChecks.eveningAt, new Date(now.getTime() - DAY)))
    if ((await tx.$count(nightChecks, lately)) >= MOST_A_DAY)
      return refused('often', 'За сутки проверок уже много. Начните новую завтра вечером.')
    await tx.insert(nightChecks).values({ accountId: meter.accountId, meterId: meter.id, ...evening })
    return ok()
  })
}

/**
 * Writes down the morning's value, which ends the check. Sent again it is the same answer. `invalid` by field; `refused`:
 * `absent` for a meter that is not theirs or takes no check, `begin` when no evening's value waits.
 */
export async function noteMorning(
  subscriber: Subscriber,
  input: MorningInput,
  now: Date,
): Promise<Result<undefined, 'absent' | 'begin'>> {
  return db().transaction(async (tx) => {
    const meter = await holdMeter(tx, subscriber, input.meter)
    if (!meter) return absent()
    const typed = readTyped(input.morning, meter)
    if (!typed.ok) return invalid({ morning: typed.error })
    const morning = { value: typed.value, at: momentOf(input.morningClock, now) }
    const open = await openCheck(tx, meter, seenBy(subscriber))
    if (!open || !isWaiting(open.eveningAt, now))
      return (await isResent(tx, subscriber, meter, morning, now))
        ? ok()
        : refused('begin', 'Сначала запишите, что на счётчике вечером.')
    const told = nightResult(eveningOf(open), morning, meter)
    if (!told.ok) return invalid({ [told.field === 'clock' ? 'morningClock' : 'morning']: told.problem })
    await tx
      .update(nightChecks)
      .set({ morningAt: morning.at, morningValue: morning.value })
      .where(eq(nightChecks.id, open.id))
    return ok()
  })
}

/** Holds the meter's row: two clicks at once are answered one after the other. */
async function holdMeter(tx: Tx, subscriber: Subscriber, meterId: number): Promise<Meter | undefined> {
  const [found] = await tx.select().from(meters).where(waterMeter(subscriber, meterId)).for('no key update')
  return found
}

async function openCheck(tx: Tx, meter: Meter, allowed?: SQL) {
  const [found] = await tx
    .select()
    .from(nightChecks)
    .where(and(ofMeter(meter), isNull(nightChecks.morningAt), allowed))
  return found
}

/** Whether these very words ended a check just now: the button was pressed twice. */
async function isResent(tx: Tx, subscriber: Subscriber, meter: Meter, { value }: NightReading, now: Date) {
  const [last] = await tx
    .select({ at: nightChecks.morningAt, value: nightChecks.morningValue })
    .from(nightChecks)
    .where(and(ofMeter(meter), isNotNull(nightChecks.morningAt), seenBy(subscriber)))
    .orderBy(desc(nightChecks.eveningAt))
    .limit(1)
  return last?.value === value && last.at !== null && now.getTime() - last.at.getTime() < DAY / 2
}

function waterMeter(subscriber: Subscriber, meterId: number): SQL | undefined {
  return and(
    eq(meters.id, meterId),
    inArray(meters.kind, waterKinds),
    isNull(meters.removedOn),
    ownedBy(subscriber, meters.accountId),
  )
}

function ofMeter({ accountId, id }: Meter): SQL | undefined {
  return and(eq(nightChecks.accountId, accountId), eq(nightChecks.meterId, id))
}

/** Nights tell who was at home: those from before the subscriber had the account stay with whoever had it then. */
function seenBy(subscriber: Subscriber): SQL {
  return sql`exists (select from ${accountAccess} where ${accountAccess.accountId} = ${nightChecks.accountId}
    and ${accountAccess.userId} = ${subscriber.userId} and ${accountAccess.endedAt} is null
    and ${accountAccess.grantedAt} <= ${nightChecks.eveningAt} + interval '1 day')
    and ${ownedSince(subscriber, nightChecks.accountId, { moment: nightChecks.eveningAt })}`
}

function eveningOf(check: { eveningValue: NightReading['value']; eveningAt: Date }): NightReading {
  return { value: check.eveningValue, at: check.eveningAt }
}

function absent() {
  return refused('absent', 'Такого счётчика воды на вашем счёте нет. Обновите страницу.')
}
