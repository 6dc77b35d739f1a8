import { and, asc, desc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, houseMeters, houseReadings, users } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import type { Staff, Subscriber } from '@/lib/session/require'
import { addDays, type CalendarDay, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, formatQuantity, type MeterValue } from '@/lib/units/quantity'
import { compare, type Dial } from './rules'
import { meterTitle, unitOf } from './words'

type HouseMeter = typeof houseMeters.$inferSelect

/** A month of a house's meter: what it showed and what the house used since the month before. */
export interface HouseMonth {
  period: Period
  dial: string
  takenOn: CalendarDay
  used: string | undefined
}

/** A house's meter with its months in force, the latest first. */
export interface HouseMeterView {
  id: number
  house: string
  title: string
  serial: string
  unit: string
  installedOn: CalendarDay
  removedOn: CalendarDay | null
  verifiedUntil: CalendarDay | null
  months: HouseMonth[]
}

/** How many months a page of residents shows, and the one before them that their use is counted from. */
const RESIDENTS_MONTHS = 3

/** Meters that stand now in the houses of the subscriber's own accounts; none for accounts that are not theirs. */
export async function houseMetersFor(
  subscriber: Subscriber,
  accountIds: readonly number[],
): Promise<HouseMeterView[]> {
  const houses = db()
    .select({ house: accounts.house })
    .from(accounts)
    .where(and(inArray(accounts.id, [...accountIds]), ownedBy(subscriber, accounts.id)))
  const found = await db()
    .select()
    .from(houseMeters)
    .where(and(inArray(houseMeters.house, houses), isNull(houseMeters.removedOn)))
    .orderBy(asc(houseMeters.house), asc(houseMeters.kind), asc(houseMeters.id))
  return Promise.all(found.map((meter) => viewOf(meter, RESIDENTS_MONTHS)))
}

/** Houses that have meters of their own, with how many. */
export async function housesWithMeters(_staff: Staff): Promise<{ house: string; meters: number }[]> {
  return db()
    .select({ house: houseMeters.house, meters: sql<number>`count(*)::int` })
    .from(houseMeters)
    .groupBy(houseMeters.house)
    .orderBy(asc(houseMeters.house))
}

/** More names than that help nobody to choose. */
const MOST_HOUSES = 1_000

/** Houses there are accounts in, by name; at most a thousand. */
export async function allHouses(_staff: Staff): Promise<string[]> {
  const found = await db()
    .selectDistinct({ house: accounts.house })
    .from(accounts)
    .orderBy(asc(accounts.house))
    .limit(MOST_HOUSES)
  return found.map(({ house }) => house)
}

/** Meters of a house before staff: those removed within a year, too. */
export async function houseMetersOf(_staff: Staff, house: string, now: Date): Promise<HouseMeterView[]> {
  const yearAgo = addDays(moscowDay(now), -365)
  const found = await db()
    .select()
    .from(houseMeters)
    .where(
      and(
        eq(houseMeters.house, house),
        or(isNull(houseMeters.removedOn), gte(houseMeters.removedOn, yearAgo)),
      ),
    )
    .orderBy(asc(houseMeters.kind), asc(houseMeters.id))
  return Promise.all(found.map((meter) => viewOf(meter, 1)))
}

const HISTORY = 36

/** One house's meter with its history; undefined when there is none of that id. */
export async function houseMeter(_staff: Staff, id: number): Promise<HouseMeterView | undefined> {
  const [meter] = await db().select().from(houseMeters).where(eq(houseMeters.id, id))
  return meter && viewOf(meter, HISTORY)
}

/** Values of a house's meter that were corrected since, the latest first. */
export async function correctedHouseReadings(_staff: Staff, id: number) {
  const { period, value, receivedAt, supersededAt } = houseReadings
  return db()
    .select({ period, value, receivedAt, by: users.login })
    .from(houseReadings)
    .leftJoin(users, eq(users.id, houseReadings.actorId))
    .where(and(eq(houseReadings.houseMeterId, id), sql`${supersededAt} is not null`))
    .orderBy(desc(receivedAt))
    .limit(HISTORY)
}

async function viewOf(meter: HouseMeter, count: number): Promise<HouseMeterView> {
  const { period, value, takenOn } = houseReadings
  const rows = await db()
    .select({ period, value, takenOn })
    .from(houseReadings)
    .where(and(eq(houseReadings.houseMeterId, meter.id), isNull(houseReadings.supersededAt)))
    .orderBy(desc(period))
    .limit(count + 1)
  return {
    id: meter.id,
    house: meter.house,
    title: meterTitle(meter.kind, meter.place),
    serial: meter.serial,
    unit: unitOf(meter.kind),
    installedOn: meter.installedOn,
    removedOn: meter.removedOn,
    verifiedUntil: meter.verifiedUntil,
    months: rows.slice(0, count).map((row, place) => ({
      period: row.period,
      dial: formatDial(row.value, meter.digitsBefore, meter.digitsAfter),
      takenOn: row.takenOn,
      used: usedOf(row.value, rows[place + 1]?.value, meter),
    })),
  }
}

function usedOf(value: MeterValue, before: MeterValue | undefined, dial: Dial): string | undefined {
  const verdict = compare(value, before, dial)
  return 'used' in verdict ? formatQuantity(verdict.used) : undefined
}
