import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { meters, readings } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import { formatDial } from '@/lib/units/quantity'
import { meterOrder, meterTitle, registerName, unitOf } from './words'

/** A meter of an account as staff see it, with the last value in force of each of its counters. */
export interface AccountMeter {
  id: number
  title: string
  serial: string
  unit: string
  verifiedUntil: CalendarDay | null
  removedOn: CalendarDay | null
  last: { name: string | undefined; dial: string; takenOn: CalendarDay }[]
}

/** All meters of an account, removed ones too, in the order of the readings page. */
export async function metersOf(_staff: Staff, accountId: number): Promise<AccountMeter[]> {
  const found = await db()
    .select()
    .from(meters)
    .where(eq(meters.accountId, accountId))
    .orderBy(asc(meters.id))
  const values = await db()
    .selectDistinctOn([readings.meterId, readings.register], {
      meterId: readings.meterId,
      register: readings.register,
      value: readings.value,
      takenOn: readings.takenOn,
    })
    .from(readings)
    .where(and(eq(readings.accountId, accountId), isNull(readings.supersededAt)))
    .orderBy(asc(readings.meterId), asc(readings.register), desc(readings.period))
  return found.sort(meterOrder).map((meter) => ({
    id: meter.id,
    title: meterTitle(meter.kind, meter.place),
    serial: meter.serial,
    unit: unitOf(meter.kind),
    verifiedUntil: meter.verifiedUntil,
    removedOn: meter.removedOn,
    last: values
      .filter((value) => value.meterId === meter.id)
      .map(({ register, value, takenOn }) => ({
        name: registerName(register, meter.registers),
        dial: formatDial(value, meter.digitsBefore, meter.digitsAfter),
        takenOn,
      })),
  }))
}
