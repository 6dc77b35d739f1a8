import { and, asc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { handedPeriods, meters, readings } from '@/db/schema'
import { ofPresentHolder, ownedBy } from '@/lib/accounts/queries'
import type { Staff, Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { addMonths, type Period, periodOf } from '@/lib/units/period'
import { add, type MeterValue } from '@/lib/units/quantity'
import { duePeriods, type Targets, targetsOf } from './due'
import { withoutFormers } from './own-time'
import { averageUse, type Point, type Standing, standing, usesBefore } from './rules'
import type { WeighedMeter } from './weigh'
import { type WindowSettings, type WindowState, windowDaysOf, windowState } from './window'
import { type MeterKind, meterOrder, meterTitle, registerName, unitOf } from './words'

/** One counter of a meter: its last value of an earlier period, what was sent for this one, and the next later value. */
export interface RegisterState {
  register: number
  name: string | undefined
  previous: { value: MeterValue; takenOn: CalendarDay; period: Period } | undefined
  sent: SentValue | undefined
  next: { value: MeterValue; period: Period; rolledOver: boolean } | undefined
  average: MeterValue | undefined
  uses: MeterValue[]
}
interface SentValue {
  value: MeterValue
  takenOn: CalendarDay
  rolledOver: boolean
  version: number
}

/** A meter as the page shows it. `expiredOn` is the day its verification ran out: then it takes no readings here. */
export interface MeterState extends WeighedMeter {
  kind: MeterKind
  title: string
  place: string
  serial: string
  unit: string
  installedOn: CalendarDay
  removedOn: CalendarDay | null
  verifiedUntil: CalendarDay | null
  registers: RegisterState[]
  /** Average use a month, all counters together. */
  average: MeterValue | undefined
  /** What a value sent now is stored for. */
  period: Period
  window: WindowState
  /** The month whose values these are, when billing has taken them: they cannot be corrected here any more. */
  taken: Period | undefined
}

/** The readings page of an account: the window that matters most and its meters, removed ones left out. */
export interface ReadingsState {
  window: WindowState
  /** Whether its meters have different windows: then each tells its own. */
  windowsDiffer: boolean
  /** The month before the window's, when billing has taken its readings. */
  taken: Period | undefined
  meters: MeterState[]
}

/** Meters of the subscriber's own account and where the windows stand; no meters for an account that is not theirs. */
export function readingsState(subscriber: Subscriber, accountId: number, now: Date): Promise<ReadingsState> {
  return stateOf(ownedBy(subscriber, meters.accountId), accountId, now)
}

/** All meters of an account as staff enter readings of them, removed ones too. */
export async function staffMeters(_staff: Staff, accountId: number, now: Date): Promise<MeterState[]> {
  const settings = await currentSettings()
  const { targetOf } = await currentTargets(db(), settings, now)
  return metersFor(db(), sql`true`, accountId, { settings, targetOf, now })
}

/** The state of an account's meters for whoever `may` see them: a condition on `meters`. */
export async function stateOf(may: SQL, accountId: number, now: Date): Promise<ReadingsState> {
  const settings = await currentSettings()
  const { targetOf, taken } = await currentTargets(db(), settings, now)
  const all = await metersFor(db(), may, accountId, { settings, targetOf, now })
  const shown = all.filter((meter) => meter.standing !== 'removed')
  const window = mostUrgent(shown) ?? windowState(now, windowDaysOf(settings))
  const before = addMonths(window.period, -1)
  return {
    window,
    windowsDiffer: new Set(shown.map((meter) => `${meter.window.opensOn} ${meter.window.closesOn}`)).size > 1,
    taken: taken.has(before) ? before : undefined,
    meters: shown,
  }
}

/** Where values taken at that moment go, as things stand; `taken` reaches back to the month before them. */
export async function currentTargets(
  reader: Reader,
  settings: WindowSettings,
  at: Date,
): Promise<{ targetOf: Targets; taken: ReadonlySet<Period> }> {
  const taken = await takenSince(reader, addMonths(duePeriods(settings, at)[0], -1))
  return { targetOf: targetsOf(settings, at, taken), taken }
}

/** The periods from that one on whose readings billing has taken. */
export async function takenSince(reader: Reader, from: Period): Promise<ReadonlySet<Period>> {
  const found = await reader
    .select({ period: handedPeriods.period })
    .from(handedPeriods)
    .where(gte(handedPeriods.period, from))
  return new Set(found.map((row) => row.period))
}

/** The window to be told first: of what is still missing, the open one that closes first. */
function mostUrgent(all: readonly MeterState[]): WindowState | undefined {
  const asked = all.filter((meter) => meter.standing === 'good')
  const missing = asked.filter(isMissing)
  return [...(missing.length > 0 ? missing : asked.length > 0 ? asked : all)]
    .map((meter) => meter.window)
    .sort((a, b) => Number(b.open) - Number(a.open) || a.closesOn.localeCompare(b.closesOn))[0]
}

/** Whether a meter still waits for its readings of the period. */
export function isMissing(meter: MeterState): boolean {
  return meter.standing === 'good' && meter.registers.some((register) => !register.sent)
}

/** What the meters of an account are looked at for. */
export interface Look {
  settings: WindowSettings
  targetOf: Targets
  now: Date
}

/**
 * All meters of an account with their values for the period each is due for and before it, in the order of the page; none
 * for whoever may not see them (`may`: a condition on `meters`). A meter whose values billing has taken is shown with those.
 */
export async function metersFor(
  reader: Reader,
  may: SQL,
  accountId: number,
  look: Look,
): Promise<MeterState[]> {
  const found = await reader
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, accountId), may))
    .orderBy(asc(meters.id))
  const values = found.length > 0 ? await valuesOf(reader, accountId) : []
  return found.sort(meterOrder).map((meter) => {
    const own = values.filter((value) => value.meterId === meter.id)
    const target = look.targetOf(meter.kind)
    const isTaken = target.due !== target.period && own.some((value) => value.period === target.due)
    return meterState(meter, own, isTaken ? target.due : undefined, target.period, look)
  })
}

/** As many months as the average looks back, the one it starts from, the period itself, and some that came before their turn. */
const HISTORY = 12

type Value = Point & {
  meterId: number
  register: number
  takenOn: CalendarDay
  version: number
  /** Of the time of whoever holds the account now. */
  own: boolean
}

/** The latest values in force of every counter, the latest first; of a former holder's the very last alone. */
async function valuesOf(reader: Reader, accountId: number): Promise<Value[]> {
  const { meterId, register, period, value, rolledOver, takenOn, version } = readings
  const place = sql<number>`row_number() over (partition by ${meterId}, ${register} order by ${period} desc)`
  const ranked = reader.$with('ranked').as(
    reader
      .select({
        ...{ meterId, register, period, value, rolledOver, takenOn, version },
        own: ofPresentHolder(accountId, takenOn).as('own'),
        place: place.as('place'),
      })
      .from(readings)
      .where(and(eq(readings.accountId, accountId), isNull(readings.supersededAt))),
  )
  const rows = await reader.with(ranked).select().from(ranked).where(sql`${ranked.place} <= ${HISTORY}`)
  return withoutFormers(rows.sort((a, b) => (a.period < b.period ? 1 : -1)))
}

type Meter = typeof meters.$inferSelect

function meterState(
  meter: Meter,
  values: readonly Value[],
  taken: Period | undefined,
  period: Period,
  { settings, now }: Look,
): MeterState {
  const { id, kind, place, serial, digitsBefore, digitsAfter, installedOn, removedOn, verifiedUntil } = meter
  const state: Standing = standing(meter, moscowDay(now))
  const registers = Array.from({ length: meter.registers }, (_, index) =>
    registerState(meter, index + 1, values, taken ?? period),
  )
  return {
    id,
    kind,
    place,
    title: meterTitle(kind, place),
    serial,
    unit: unitOf(kind),
    digitsBefore,
    digitsAfter,
    installedOn,
    removedOn,
    verifiedUntil,
    standing: state,
    expiredOn: state === 'expired' ? (verifiedUntil ?? undefined) : undefined,
    registers,
    average: averageOf(registers),
    period,
    window: windowState(now, windowDaysOf(settings, kind), period),
    taken,
  }
}

function registerState(
  meter: Meter,
  register: number,
  values: readonly Value[],
  period: Period,
): RegisterState {
  const own = values.filter((value) => value.register === register)
  const earlier = own.filter((value) => value.period < period)
  return {
    register,
    name: registerName(register, meter.registers),
    previous: earlier[0] ?? initialOf(meter, register),
    sent: own.find((value) => value.period === period),
    next: own.filter((value) => value.period > period).at(-1),
    average: averageUse(earlier, meter),
    uses: usesBefore(earlier, meter),
  }
}

/** What a counter showed when its meter was installed, where that is known. */
function initialOf(meter: Meter, register: number) {
  const value = [meter.initial1, meter.initial2, meter.initial3][register - 1]
  const takenOn = meter.commissionedOn ?? meter.installedOn
  // Zero is a value: most meters begin with it.
  if (value === undefined || value === null) return undefined
  return { value, takenOn, period: periodOf(takenOn) }
}

/** The counters' averages together; undefined as soon as one has none. */
function averageOf(registers: readonly RegisterState[]): MeterValue | undefined {
  let total: MeterValue | undefined
  for (const { average } of registers) {
    if (average === undefined) return undefined
    total = total === undefined ? average : add(total, average)
  }
  return total
}
