import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, readings, typicalUse, users } from '@/db/schema'
import { ownedBy, seesFromIn } from '@/lib/accounts/queries'
import type { Staff, Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import { linesOf, lineTo, standingIn, usedTogether } from './line'
import { type MeterMonth, monthsOf, type StoredValue } from './months'
import { withoutFormers } from './own-time'
import { type MeterLife, type Use, usesOf } from './use'
import { type MeterKind, meterTitle } from './words'

type Meter = typeof meters.$inferSelect
/** A meter that stood before, or stands after, in its place. */
export type Neighbour = Pick<Meter, 'id' | 'serial'>

/** What flats with as many residents used in a month on average, and what this one did. */
export interface Similar {
  period: Period
  residents: number
  average: MeterValue
  own: MeterValue
  /** How many meters of the kind the flat has. */
  meters: number
}

/** All that a meter's page shows of it. */
export interface MeterHistory {
  meter: Meter & { title: string }
  account: { id: number; accountNumber: string; address: string }
  replaces: Neighbour | undefined
  replacedBy: Neighbour | undefined
  /** Months with values of this very meter, the newest first. */
  months: MeterMonth[]
  /** The use of the meter and of those it took the place of, the oldest month first. */
  uses: Use[]
  similar: Similar | undefined
}

/** A meter of one of the subscriber's own accounts; undefined for another's and an unknown one, alike. */
export async function ownMeter(subscriber: Subscriber, meterId: number): Promise<MeterHistory | undefined> {
  const nameOf = ({ actorId }: Row) => (actorId === subscriber.userId ? 'вы' : undefined)
  const seesFrom = seesFromIn(subscriber, meters.accountId)
  return historyOf(meterId, ownedBy(subscriber, meters.accountId), nameOf, seesFrom)
}

/** A meter of an account before staff, with the logins of those its values came from. */
export async function meterForStaff(
  _staff: Staff,
  accountId: number,
  meterId: number,
): Promise<MeterHistory | undefined> {
  return historyOf(meterId, eq(meters.accountId, accountId), ({ login }) => login ?? undefined)
}

type Row = StoredValue & { meterId: number; login: string | null }

async function historyOf(
  meterId: number,
  allowed: SQL,
  nameOf: (row: Row) => string | undefined,
  seesFrom = sql<CalendarDay | null>`null::date`,
): Promise<MeterHistory | undefined> {
  const found = await db()
    .select({
      meter: meters,
      account: { id: accounts.id, accountNumber: accounts.accountNumber, address: accounts.address },
      residents: accounts.residents,
      seesFrom,
    })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(and(eq(meters.accountId, sql`(select account_id from meters where id = ${meterId})`), allowed))
    .orderBy(asc(meters.id))
  const here = found.find((one) => one.meter.id === meterId)
  const from = here?.seesFrom ?? undefined
  // A meter that was gone before them is nothing of theirs.
  if (!here || (from && here.meter.removedOn && here.meter.removedOn < from)) return undefined
  const { meter, account, residents } = here
  const kin = found
    .map((one) => one.meter)
    .filter((one) => one.kind === meter.kind && !(from && one.removedOn && one.removedOn < from))
  const values = seenSince(await valuesOf(kin, meter), from)
  const lives = kin.map((one) => ({
    ...one,
    initial: from && one.installedOn < from ? [] : [one.initial1, one.initial2, one.initial3],
    points: values.filter((value) => value.meterId === one.id && value.supersededAt === null),
  }))
  const life = lives.find((one) => one.id === meterId)
  const uses = life ? usesOf(lineTo(life, lives)) : []
  return {
    meter: { ...meter, title: meterTitle(meter.kind, meter.place) },
    account,
    replaces: kin.find((one) => one.id === meter.replaces),
    replacedBy: kin.find((one) => one.replaces === meterId),
    months: monthsOf(
      meter,
      values
        .filter((value) => value.meterId === meterId && (!from || value.takenOn >= from))
        .map((value) => ({ ...value, person: nameOf(value) })),
      life ? usesOf([life]) : [],
    ),
    uses,
    similar: await similarTo(meter.kind, residents, uses, linesOf(lives)),
  }
}

/** Of values, those of the time from a day on, and of each counter the last before it: their use is counted from there. */
function seenSince(values: readonly Row[], from: CalendarDay | undefined): Row[] {
  if (!from) return [...values]
  const known = values
    .filter((value) => value.supersededAt === null || value.takenOn > from)
    .map((value) => ({ ...value, own: value.takenOn > from }))
  return withoutFormers(known.toReversed()).reverse()
}

/** Values of a flat's meters of a kind: those in force, and of the meter shown those before them as well. */
async function valuesOf(kin: readonly Meter[], { accountId, id }: Meter): Promise<Row[]> {
  return db()
    .select({
      meterId: readings.meterId,
      period: readings.period,
      register: readings.register,
      value: readings.value,
      rolledOver: readings.rolledOver,
      takenOn: readings.takenOn,
      takenAt: readings.takenAt,
      receivedAt: readings.receivedAt,
      supersededAt: readings.supersededAt,
      channel: readings.channel,
      actorId: readings.actorId,
      login: users.login,
    })
    .from(readings)
    .leftJoin(users, eq(users.id, readings.actorId))
    .where(
      and(
        eq(readings.accountId, accountId),
        inArray(
          readings.meterId,
          kin.map((one) => one.id),
        ),
        or(isNull(readings.supersededAt), eq(readings.meterId, id)),
      ),
    )
    .orderBy(asc(readings.period), asc(readings.register), asc(readings.version))
}

/** How far back a month is looked for that both the flat's use and its likes' are known of. */
const LATEST = 3

async function similarTo(
  kind: MeterKind,
  residents: number | null,
  uses: readonly Use[],
  lines: readonly (readonly MeterLife[])[],
): Promise<Similar | undefined> {
  const months = uses.slice(-LATEST).map((use) => use.to)
  if (!residents || months.length === 0) return undefined
  const known = await db()
    .select({ period: typicalUse.period, average: typicalUse.average })
    .from(typicalUse)
    .where(
      and(inArray(typicalUse.period, months), eq(typicalUse.kind, kind), eq(typicalUse.residents, residents)),
    )
  for (const period of months.toReversed()) {
    const average = known.find((one) => one.period === period)?.average
    const own = usedTogether(lines, period)
    if (average !== undefined && own !== undefined)
      return { period, residents, average, own, meters: standingIn(lines, period) }
  }
  return undefined
}
