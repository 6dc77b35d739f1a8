import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, readings } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import type { MeterKind } from './words'
import { meterTitle, unitOf } from './words'

/** A meter as staff change it. */
export interface MeterToKeep {
  id: number
  accountId: number
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
  /** The latest month there are values in force of. */
  latest: Period | undefined
  /** The meter that took its place. */
  replacedBy: number | undefined
}

/** A meter of an account with the last values in force; undefined when the account has none of that id. */
export async function meterToKeep(
  _staff: Staff,
  accountNumber: string,
  id: number,
): Promise<MeterToKeep | undefined> {
  const [found] = await db()
    .select({ meter: meters })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(and(eq(accounts.accountNumber, accountNumber), eq(meters.id, id)))
  if (!found) return undefined
  const { meter } = found
  const [values, replacedBy] = await Promise.all([lastValues(meter), successorOf(meter)])
  const initials = [meter.initial1, meter.initial2, meter.initial3].slice(0, meter.registers)
  const dialOf = (value: MeterValue | null | undefined) =>
    value === null || value === undefined
      ? undefined
      : formatDial(value, meter.digitsBefore, meter.digitsAfter)
  return {
    ...meter,
    accountNumber,
    title: meterTitle(meter.kind, meter.place),
    unit: unitOf(meter.kind),
    initials: initials.map(dialOf),
    latest: values
      .map(({ period }) => period)
      .sort()
      .at(-1),
    replacedBy,
    last: initials.map((_, place) => dialOf(values.find(({ register }) => register === place + 1)?.value)),
  }
}

function lastValues({ accountId, id }: typeof meters.$inferSelect) {
  return db()
    .selectDistinctOn([readings.register], {
      register: readings.register,
      value: readings.value,
      period: readings.period,
    })
    .from(readings)
    .where(and(eq(readings.accountId, accountId), eq(readings.meterId, id), isNull(readings.supersededAt)))
    .orderBy(asc(readings.register), desc(readings.period))
}

async function successorOf({ accountId, id }: typeof meters.$inferSelect): Promise<number | undefined> {
  const [found] = await db()
    .select({ id: meters.id })
    .from(meters)
    .where(and(eq(meters.accountId, accountId), eq(meters.replaces, id)))
  return found?.id
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
