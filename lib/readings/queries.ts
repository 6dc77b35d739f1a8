import { and, asc, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { handedPeriods, meters, readings } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { addMonths, type Period } from '@/lib/units/period'
import { add, type MeterValue } from '@/lib/units/quantity'
import { averageUse, firstNotTaken, type Point, standing } from './rules'
import type { WeighedMeter } from './weigh'
import { periodFor, type WindowState, windowState } from './window'
import { meterOrder, meterTitle, registerName, unitOf } from './words'

/** One counter of a meter: its last value of an earlier period, and what was sent for this one. */
export interface RegisterState {
  register: number
  name: string | undefined
  previous: { value: MeterValue; takenOn: CalendarDay } | undefined
  sent: { value: MeterValue; takenOn: CalendarDay; rolledOver: boolean } | undefined
}

/** A meter as the page shows it. `expiredOn` is the day its verification ran out: then it takes no readings here. */
export interface MeterState extends WeighedMeter {
  title: string
  serial: string
  unit: string
  registers: RegisterState[]
  /** Average use a month, all counters together. */
  average: MeterValue | undefined
  /** The month whose values these are, when billing has taken them: they cannot be corrected here any more. */
  taken: Period | undefined
}

/** The readings page of an account: the window and its meters, removed ones left out. */
export interface ReadingsState {
  window: WindowState
  /** The month before the window's, when billing has taken its readings. */
  taken: Period | undefined
  meters: MeterState[]
}

/** Meters of the subscriber's own account and where the window stands; no meters for an account that is not theirs. */
export async function readingsState(
  subscriber: Subscriber,
  accountId: number,
  now: Date,
): Promise<ReadingsState> {
  const days = (await currentSettings()).readingWindow
  const due = periodFor(now, days)
  const taken = await takenSince(db(), addMonths(due, -1))
  const period = firstNotTaken(due, taken)
  const all = await metersFor(db(), subscriber, accountId, { due, period }, moscowDay(now))
  const before = addMonths(period, -1)
  return {
    window: windowState(now, days, period),
    taken: taken.has(before) ? before : undefined,
    meters: all.filter((meter) => meter.standing !== 'removed'),
  }
}

/** The periods from that one on whose readings billing has taken. */
export async function takenSince(reader: Reader, from: Period): Promise<ReadonlySet<Period>> {
  const found = await reader
    .select({ period: handedPeriods.period })
    .from(handedPeriods)
    .where(gte(handedPeriods.period, from))
  return new Set(found.map((row) => row.period))
}

/** Whether a meter still waits for its readings of the period. */
export function isMissing(meter: MeterState): boolean {
  return meter.standing === 'good' && meter.registers.some((register) => !register.sent)
}

/** `due`: what the window says a value sent now is for; `period`: what it is stored for, later once billing has taken that. */
export interface Target {
  due: Period
  period: Period
}

/**
 * All meters of the subscriber's own account with their values for a period and before it, in the order of the page. A
 * meter whose values billing has taken is shown with those.
 */
export async function metersFor(
  reader: Reader,
  subscriber: Subscriber,
  accountId: number,
  { due, period }: Target,
  today: CalendarDay,
): Promise<MeterState[]> {
  const own = and(eq(meters.accountId, accountId), ownedBy(subscriber, meters.accountId))
  const found = await reader.select().from(meters).where(own).orderBy(asc(meters.id))
  const values = found.length > 0 ? await valuesOf(reader, accountId, period) : []
  return found
    .sort((a, b) => meterOrder(a, b))
    .map((meter) => {
      const own = values.filter((value) => value.meterId === meter.id)
      const isTaken = due !== period && own.some((value) => value.period === due)
      return isTaken
        ? { ...meterState(meter, own, due, today), taken: due }
        : meterState(meter, own, period, today)
    })
}

/** As many months as the average looks back, the one it starts from, and the period itself. */
const HISTORY = 8

type Value = Point & { meterId: number; register: number; takenOn: CalendarDay }

/** The latest values in force of every counter, up to a period, the latest first. */
async function valuesOf(reader: Reader, accountId: number, period: Period): Promise<Value[]> {
  const { meterId, register, value, rolledOver, takenOn } = readings
  const ranked = reader.$with('ranked').as(
    reader
      .select({
        meterId,
        period: readings.period,
        register,
        value,
        rolledOver,
        takenOn,
        place:
          sql<number>`row_number() over (partition by ${meterId}, ${register} order by ${readings.period} desc)`.as(
            'place',
          ),
      })
      .from(readings)
      .where(
        and(eq(readings.accountId, accountId), isNull(readings.supersededAt), lte(readings.period, period)),
      ),
  )
  return reader
    .with(ranked)
    .select()
    .from(ranked)
    .where(lte(ranked.place, HISTORY))
    .orderBy(asc(ranked.place))
}

function meterState(
  meter: typeof meters.$inferSelect,
  values: readonly Value[],
  period: Period,
  today: CalendarDay,
): MeterState {
  const state = standing(meter, today)
  const { id, serial, digitsBefore, digitsAfter } = meter
  return {
    id,
    title: meterTitle(meter.kind, meter.place),
    serial,
    unit: unitOf(meter.kind),
    digitsBefore,
    digitsAfter,
    standing: state,
    expiredOn: state === 'expired' ? (meter.verifiedUntil ?? undefined) : undefined,
    registers: Array.from({ length: meter.registers }, (_, place) => {
      const own = values.filter((value) => value.register === place + 1)
      return {
        register: place + 1,
        name: registerName(place + 1, meter.registers),
        previous: own.find((value) => value.period < period),
        sent: own.find((value) => value.period === period),
      }
    }),
    average: averageOf(
      meter,
      values.filter((value) => value.period < period),
    ),
    taken: undefined,
  }
}

/** The counters' averages together; undefined as soon as one has none. */
function averageOf(meter: typeof meters.$inferSelect, earlier: readonly Value[]): MeterValue | undefined {
  let total: MeterValue | undefined
  for (let register = 1; register <= meter.registers; register += 1) {
    const used = averageUse(
      earlier.filter((value) => value.register === register),
      meter,
    )
    if (used === undefined) return undefined
    total = total === undefined ? used : add(total, used)
  }
  return total
}
