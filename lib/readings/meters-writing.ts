import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { meters, readings } from '@/db/schema'
import { type AuditEntry, record } from '@/lib/audit/record'
import type { FieldErrors } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import { type HeldAccount, holdOpenPeriod, storeByStaff } from './by-staff'
import {
  type CounterValue,
  newMeterErrors,
  readInitials,
  registersOf,
  removalErrors,
  weighFinals,
} from './meters-rules'
import type { AddMeterInput, FinalValues } from './meters-schema'
import { periodFor, windowDaysOf } from './window'
import { registerName } from './words'

export type Meter = typeof meters.$inferSelect

/** A meter of the account; undefined when it has none of that id. */
export async function meterOf(tx: Tx, accountId: number, id: number): Promise<Meter | undefined> {
  const [found] = await tx
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, accountId), eq(meters.id, id)))
    .for('update')
  return found
}

/** The meter of that number that stands on the account now. */
export async function standingWith(tx: Tx, accountId: number, serial: string): Promise<Meter | undefined> {
  const [found] = await tx
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, accountId), eq(meters.serial, serial), isNull(meters.removedOn)))
  return found
}

/** The meter that took the place of `old`, when it is just the one that is to. */
export async function successorOf(
  tx: Tx,
  old: Meter,
  { serial, installedOn }: { serial: string; installedOn: CalendarDay },
): Promise<Meter | undefined> {
  const [found] = await tx
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, old.accountId), eq(meters.replaces, old.id), eq(meters.serial, serial)))
  return found?.installedOn === installedOn ? found : undefined
}

/** Whether anything was ever read off a meter. */
export async function hasReadings(tx: Tx, { accountId, id }: Meter): Promise<boolean> {
  const found = await tx
    .select({ version: readings.version })
    .from(readings)
    .where(and(eq(readings.accountId, accountId), eq(readings.meterId, id)))
    .limit(1)
  return found.length > 0
}

type NewMeter = Omit<AddMeterInput, 'account'>

/** Reads and checks what is told of a new meter. */
export function checkNew(input: NewMeter, today: CalendarDay) {
  const { values, errors } = readInitials(input, input)
  return { values, errors: { ...newMeterErrors(input, today), ...errors } }
}

/** Reads and checks the last values of a meter against the last known of each counter, else what it began with. */
export async function checkFinals(
  tx: Tx,
  meter: Meter,
  input: FinalValues & { removedOn: CalendarDay },
  today: CalendarDay,
): Promise<{ values: CounterValue[]; errors: FieldErrors }> {
  const last = new Map<number, MeterValue>()
  for (const register of registersOf(meter)) {
    const initial = [meter.initial1, meter.initial2, meter.initial3][register - 1]
    const known = (await lastOf(tx, meter, register))?.value ?? initial
    if (known !== null && known !== undefined) last.set(register, known)
  }
  const { values, errors } = weighFinals(meter, last, input)
  return { values, errors: { ...removalErrors(meter.installedOn, input.removedOn, today), ...errors } }
}

async function lastOf(tx: Tx, { accountId, id }: Meter, register: number) {
  const [found] = await tx
    .select({ value: readings.value, period: readings.period })
    .from(readings)
    .where(
      and(
        eq(readings.accountId, accountId),
        eq(readings.meterId, id),
        eq(readings.register, register),
        isNull(readings.supersededAt),
      ),
    )
    .orderBy(desc(readings.period))
    .limit(1)
  return found
}

/** Stores the last values of a meter and closes it; says for which period they are. */
export async function close(
  tx: Tx,
  staff: Staff,
  meter: Meter,
  values: readonly CounterValue[],
  removedOn: CalendarDay,
  now: Date,
): Promise<Period> {
  const settings = await readSettings(tx)
  // As of any value staff tell for an earlier day: that day decides.
  const at = removedOn < moscowDay(now) ? startOfMoscowDay(removedOn) : now
  const due = periodFor(at, windowDaysOf(settings, meter.kind))
  const latest = (await lastOf(tx, meter, 1))?.period
  const period = await holdOpenPeriod(tx, latest && latest > due ? latest : due)
  const of = { accountId: meter.accountId, meterId: meter.id, period, takenOn: removedOn, now }
  await storeByStaff(tx, staff, of, values)
  await tx.update(meters).set({ removedOn, importId: null }).where(eq(meters.id, meter.id))
  return period
}

/** Opens a meter; undefined when one of that number and day has been there. */
export async function insertMeter(
  tx: Tx,
  accountId: number,
  { serial, kind, place, digitsBefore, digitsAfter, registers, ...of }: NewMeter,
  initials: readonly (MeterValue | null)[],
  replaces: number | null = null,
): Promise<Meter | undefined> {
  const { installedOn, commissionedOn, verifiedUntil, automatic } = of
  const [initial1 = null, initial2 = null, initial3 = null] = initials
  const [made] = await tx
    .insert(meters)
    .values({
      ...{ accountId, serial, kind, place, digitsBefore, digitsAfter, registers, replaces },
      ...{ installedOn, commissionedOn, verifiedUntil, automatic, initial1, initial2, initial3 },
    })
    .onConflictDoNothing()
    .returning()
  return made
}

/** What the journal keeps of a meter that was closed. */
export function closing(
  meter: Meter,
  period: Period,
  removedOn: CalendarDay,
  values: readonly CounterValue[],
): Record<string, string> {
  const shown = values.map(({ register, value }) => [
    registerName(register, meter.registers)?.toLowerCase() ?? 'value',
    formatDial(value, meter.digitsBefore, meter.digitsAfter),
  ])
  return { removedOn, period, ...Object.fromEntries(shown) }
}

/** Enters an act on a meter under its account: there staff look for it. */
export function audit(
  tx: Tx,
  staff: Staff,
  account: HeldAccount,
  action: AuditEntry['action'],
  { serial }: Meter,
  { after, before }: Pick<AuditEntry, 'after' | 'before'>,
): Promise<void> {
  return record(tx, staff, {
    action,
    subject: { kind: 'account', id: String(account.id), label: account.accountNumber },
    ...(before ? { before } : {}),
    after: { meter: serial, ...after },
  })
}
