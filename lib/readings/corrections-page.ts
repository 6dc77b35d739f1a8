import { and, asc, desc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, handedPeriods, meters, readingCorrections, readings, users } from '@/db/schema'
import { ofPresentHolder, ownedBy, ownedSince } from '@/lib/accounts/queries'
import type { Staff, Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, quantity } from '@/lib/units/quantity'
import { countersOf, lastHanded } from './corrected'
import { meterTitle, registerName, unitOf } from './words'

type Meter = typeof meters.$inferSelect

/** A meter whose latest taken month can be corrected, as the form shows it. */
export interface CorrectionStart {
  meter: { id: number; title: string; serial: string; unit: string }
  accountNumber: string
  period: Period
  registers: { register: number; name: string | undefined; dial: string }[]
  /** A request that waits for an answer. */
  open: boolean
}

/** What the form of a correction shows; undefined when the meter is not theirs or nothing of it was taken, alike. */
export async function correctionStart(
  subscriber: Subscriber,
  meterId: number,
): Promise<CorrectionStart | undefined> {
  const [found] = await db()
    .select({ meter: meters, accountNumber: accounts.accountNumber })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(and(eq(meters.id, meterId), ownedBy(subscriber, meters.accountId)))
  const period = found && (await lastHanded(db(), found.meter))
  if (!found || !period) return undefined
  const { meter, accountNumber } = found
  const counters = await countersOf(db(), meter, period)
  const open = await db().$count(
    readingCorrections,
    and(
      eq(readingCorrections.accountId, meter.accountId),
      eq(readingCorrections.meterId, meter.id),
      eq(readingCorrections.period, period),
      isNull(readingCorrections.settledAt),
    ),
  )
  return {
    meter: { id: meter.id, title: titleOf(meter), serial: meter.serial, unit: unitOf(meter.kind) },
    accountNumber,
    period,
    registers: counters.map(({ register, current }) => ({
      register,
      name: registerName(register, meter.registers),
      dial: dialOf(current, meter),
    })),
    open: open > 0,
  }
}

function titleOf({ kind, place }: Meter): string {
  return meterTitle(kind, place)
}

function dialOf(value: ReturnType<typeof quantity>, { digitsBefore, digitsAfter }: Meter): string {
  return formatDial(value, digitsBefore, digitsAfter)
}

/** A meter and the latest month of it that billing has taken. */
export interface Correctable {
  id: number
  accountNumber: string
  title: string
  serial: string
  period: Period
}

/** Of the accounts a person sees now: meters with a month that billing has taken. */
export async function correctableMeters(subscriber: Subscriber): Promise<Correctable[]> {
  const found = await db()
    .select({ meter: meters, accountNumber: accounts.accountNumber, period: max(readings.period) })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .innerJoin(readings, and(eq(readings.accountId, meters.accountId), eq(readings.meterId, meters.id)))
    .innerJoin(handedPeriods, eq(handedPeriods.period, readings.period))
    .where(
      and(
        ownedBy(subscriber, meters.accountId),
        ofPresentHolder(meters.accountId, readings.takenOn),
        isNull(readings.supersededAt),
      ),
    )
    .groupBy(meters.id, accounts.id)
    .orderBy(asc(accounts.accountNumber), asc(meters.id))
  return found.flatMap(({ meter, accountNumber, period }) =>
    period === null
      ? []
      : [{ id: meter.id, accountNumber, title: titleOf(meter), serial: meter.serial, period }],
  )
}

/** A request for a correction, as its page lists it. */
export interface CorrectionView {
  id: string
  accountNumber: string
  title: string
  serial: string
  period: Period
  /** What was asked for, counter by counter. */
  wanted: { name: string | undefined; dial: string }[]
  note: string
  askedAt: Date
  settledAt: Date | null
  outcome: 'accepted' | 'refused' | null
  reason: string | null
}

const OWN = 30

/** Asked for by residents: staff enter corrections of their own, too (`lib/readings/doubts-commands.ts`). */
const byResidents = sql`${readingCorrections.askedBy} is distinct from ${readingCorrections.settledBy}`

function ownCorrection(subscriber: Subscriber) {
  return ownedSince(subscriber, readingCorrections.accountId, { moment: readingCorrections.askedAt })
}

/** Requests about accounts the person sees now, the latest first. */
export async function ownCorrections(subscriber: Subscriber): Promise<CorrectionView[]> {
  const found = await requests()
    .where(and(ownCorrection(subscriber), byResidents))
    .orderBy(desc(readingCorrections.askedAt))
    .limit(OWN)
  return found.map(viewOf)
}

/** The latest request about a meter's month, for the page of readings; undefined when there is none, or it is not theirs. */
export async function correctionOf(
  subscriber: Subscriber,
  meterId: number,
  period: Period,
): Promise<CorrectionView | undefined> {
  const [found] = await requests()
    .where(
      and(
        ownCorrection(subscriber),
        byResidents,
        eq(readingCorrections.meterId, meterId),
        eq(readingCorrections.period, period),
      ),
    )
    .orderBy(desc(readingCorrections.askedAt))
    .limit(1)
  return found && viewOf(found)
}

function requests() {
  return db()
    .select({ correction: readingCorrections, meter: meters, account: accounts, by: users.login })
    .from(readingCorrections)
    .innerJoin(meters, eq(meters.id, readingCorrections.meterId))
    .innerJoin(accounts, eq(accounts.id, readingCorrections.accountId))
    .leftJoin(users, eq(users.id, readingCorrections.settledBy))
    .$dynamic()
}

type Found = Awaited<ReturnType<typeof requests>>[number]

function viewOf({ correction, meter, account }: Found): CorrectionView {
  const { id, period, values, note, askedAt, settledAt, outcome, reason } = correction
  return {
    ...{ id, period, note, askedAt, settledAt, outcome, reason },
    accountNumber: account.accountNumber,
    title: titleOf(meter),
    serial: meter.serial,
    wanted: values.map((value, place) => ({
      name: registerName(place + 1, meter.registers),
      dial: dialOf(quantity(value), meter),
    })),
  }
}

/** The same before staff: beside what stands now. */
export interface CorrectionForStaff extends CorrectionView {
  meterId: number
  address: string
  /** What stands in force for that month, counter by counter. */
  current: { name: string | undefined; dial: string; takenOn: CalendarDay }[]
  settledBy: string | null
}

const QUEUE = 50

/** The office's list: those that wait, the oldest first; or those decided, the latest first. */
export async function correctionsQueue(
  _staff: Staff,
  state: 'open' | 'settled',
): Promise<{ total: number; rows: CorrectionForStaff[] }> {
  const { settledAt, askedAt } = readingCorrections
  const condition = state === 'open' ? isNull(settledAt) : isNotNull(settledAt)
  const found = await requests()
    .where(condition)
    .orderBy(state === 'open' ? asc(askedAt) : desc(settledAt))
    .limit(QUEUE)
  const rows = await Promise.all(found.map(forStaff))
  return { total: await db().$count(readingCorrections, condition), rows }
}

async function forStaff(found: Found): Promise<CorrectionForStaff> {
  const { correction, meter, account } = found
  const { register, value, takenOn } = readings
  const current = await db()
    .select({ register, value, takenOn })
    .from(readings)
    .where(
      and(
        eq(readings.accountId, correction.accountId),
        eq(readings.meterId, correction.meterId),
        eq(readings.period, correction.period),
        isNull(readings.supersededAt),
      ),
    )
    .orderBy(asc(register))
  return {
    ...viewOf(found),
    meterId: meter.id,
    address: account.address,
    current: current.map((one) => ({
      name: registerName(one.register, meter.registers),
      dial: dialOf(one.value, meter),
      takenOn: one.takenOn,
    })),
    settledBy: found.by,
  }
}
