import { and, asc, desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, readings, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial } from '@/lib/units/quantity'
import type { MeterKind } from './words'
import { meterTitle, registerName, unitOf } from './words'

/** A value that was told of a meter, in force or not. */
export interface ToldValue {
  period: Period
  name: string | undefined
  dial: string
  takenOn: CalendarDay
  receivedAt: Date
  channel: typeof readings.$inferSelect.channel
  by: string | null
  superseded: boolean
}

/** A meter as staff see it on its own page. */
export interface MeterForStaff {
  id: number
  accountNumber: string
  title: string
  serial: string
  kind: MeterKind
  unit: string
  place: string
  digitsBefore: number
  digitsAfter: number
  registers: number
  installedOn: CalendarDay
  commissionedOn: CalendarDay | null
  removedOn: CalendarDay | null
  verifiedUntil: CalendarDay | null
  automatic: boolean
  /** What each counter began with; undefined where nobody told. */
  initials: (string | undefined)[]
  /** The last value in force of each counter. */
  last: (string | undefined)[]
  replaced: { id: number; serial: string } | undefined
  replacedBy: { id: number; serial: string } | undefined
  history: ToldValue[]
}

const MOST = 120

/** A meter of an account with what was told of it, the latest first; undefined when the account has none of that id. */
export async function meterForStaff(
  _staff: Staff,
  accountNumber: string,
  id: number,
): Promise<MeterForStaff | undefined> {
  const [found] = await db()
    .select({ meter: meters })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(and(eq(accounts.accountNumber, accountNumber), eq(meters.id, id)))
  if (!found) return undefined
  const { meter } = found
  const [history, others] = await Promise.all([historyOf(meter), neighboursOf(meter)])
  const initials = [meter.initial1, meter.initial2, meter.initial3].slice(0, meter.registers)
  return {
    ...meter,
    accountNumber,
    title: meterTitle(meter.kind, meter.place),
    unit: unitOf(meter.kind),
    initials: initials.map((value) =>
      value === null ? undefined : formatDial(value, meter.digitsBefore, meter.digitsAfter),
    ),
    last: initials.map(
      (_, place) => history.find((value) => value.register === place + 1 && !value.superseded)?.dial,
    ),
    replaced: others.find((other) => other.id === meter.replaces),
    replacedBy: others.find((other) => other.replaces === meter.id),
    history,
  }
}

type Meter = typeof meters.$inferSelect

function neighboursOf({ accountId }: Meter) {
  return db()
    .select({ id: meters.id, serial: meters.serial, replaces: meters.replaces })
    .from(meters)
    .where(eq(meters.accountId, accountId))
}

async function historyOf({ accountId, id, registers, digitsBefore, digitsAfter }: Meter) {
  const told = await db()
    .select({ reading: readings, by: users.login })
    .from(readings)
    .leftJoin(users, eq(users.id, readings.actorId))
    .where(and(eq(readings.accountId, accountId), eq(readings.meterId, id)))
    .orderBy(desc(readings.period), asc(readings.register), desc(readings.version))
    .limit(MOST)
  return told.map(({ reading, by }) => ({
    register: reading.register,
    period: reading.period,
    name: registerName(reading.register, registers),
    dial: formatDial(reading.value, digitsBefore, digitsAfter),
    takenOn: reading.takenOn,
    receivedAt: reading.receivedAt,
    channel: reading.channel,
    by,
    superseded: reading.supersededAt !== null,
  }))
}

/** The address of a meter's page before staff; undefined when there is no such meter. */
export async function meterAddress(_staff: Staff, id: number): Promise<string | undefined> {
  const [found] = await db()
    .select({ accountNumber: accounts.accountNumber })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(eq(meters.id, id))
  return found && `/admin/accounts/${encodeURIComponent(found.accountNumber)}/meters/${id}`
}
