import { and, asc, desc, eq, gt, isNull, lt, max } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, houseMeters, houseReadings } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { formatPeriod, periodOf } from '@/lib/units/period'
import { formatDial } from '@/lib/units/quantity'
import type { AddHouseMeterInput, CloseHouseMeterInput, HouseReadingInput } from './house-schema'
import { datesErrors, removalErrors } from './meters-rules'
import { compare, lowerMessage, readTyped } from './rules'

type HouseMeter = typeof houseMeters.$inferSelect

const ABSENT = refused('absent', 'Такого общедомового счётчика нет.')

/** Adds a meter of a whole house; the same number and day again is the same one. `invalid` by field: no such house. */
export function addHouseMeter(
  staff: Staff,
  input: AddHouseMeterInput,
  now: Date,
): Promise<Result<{ id: number }, never>> {
  return db().transaction(async (tx) => {
    const { house, serial, installedOn } = input
    const errors = datesErrors({ ...input, commissionedOn: null }, installedOn)
    if (installedOn > moscowDay(now)) errors.installedOn = 'Этот день ещё не наступил.'
    if ((await tx.$count(accounts, eq(accounts.house, house))) === 0)
      errors.house = 'В этом доме нет ни одного счёта. Выберите дом из списка.'
    if (Object.keys(errors).length > 0) return invalid(errors)
    const [made] = await tx.insert(houseMeters).values(input).onConflictDoNothing().returning()
    if (made) {
      await audit(tx, staff, 'house-meter.added', made, { installedOn })
      return ok({ id: made.id })
    }
    const [there] = await tx
      .select({ id: houseMeters.id })
      .from(houseMeters)
      .where(
        and(
          eq(houseMeters.house, house),
          eq(houseMeters.serial, serial),
          eq(houseMeters.installedOn, installedOn),
        ),
      )
    if (!there) throw new Error('a house meter conflicts with none')
    return ok({ id: there.id })
  })
}

/**
 * Enters what a house's meter showed, for the month it was read in. Another value of that month supersedes; the same one
 * is one record. `invalid` at `value`: not off this dial, below the month before or above the month after; at `turned`:
 * it may have passed zero, to be confirmed. Refused: `absent`.
 */
export function enterHouseReading(
  staff: Staff,
  input: HouseReadingInput,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  return db().transaction(async (tx) => {
    const meter = await lockMeter(tx, input.meter)
    if (!meter) return ABSENT
    const read = readTyped(input.value, meter)
    if (!read.ok) return invalid({ value: read.error })
    const { value } = read
    const last = meter.removedOn ?? moscowDay(now)
    if (input.takenOn > last || input.takenOn < meter.installedOn)
      return invalid({ takenOn: 'В этот день счётчик не стоял, или день ещё не наступил.' })
    const period = periodOf(input.takenOn)
    const [before, at, after] = await neighbours(tx, meter.id, period)
    const verdict = compare(value, before?.value, meter)
    if (verdict.kind === 'lower' && before) return invalid({ value: lowerMessage(before.value, meter) })
    if (verdict.kind === 'turned' && input.turned !== input.value)
      return invalid({ turned: 'Меньше прошлых. Если счётчик перешёл через ноль, поставьте галочку.' })
    if (after && compare(after.value, value, meter).kind === 'lower')
      return invalid({ value: `Больше, чем за ${formatPeriod(after.period)}. Проверьте цифры.` })
    if (at?.value === value) return ok()
    await store(tx, staff, meter, { period, value, takenOn: input.takenOn, now })
    const dial = (of: typeof value) => formatDial(of, meter.digitsBefore, meter.digitsAfter)
    await audit(
      tx,
      staff,
      'house-readings.entered',
      meter,
      { period, value: dial(value) },
      at && dial(at.value),
    )
    return ok()
  })
}

async function lockMeter(tx: Tx, id: number): Promise<HouseMeter | undefined> {
  const [meter] = await tx.select().from(houseMeters).where(eq(houseMeters.id, id)).for('no key update')
  return meter
}

async function neighbours(tx: Tx, id: number, of: ReturnType<typeof periodOf>) {
  const { period, value, houseMeterId, supersededAt } = houseReadings
  const own = and(eq(houseMeterId, id), isNull(supersededAt))
  const rows = () => tx.select({ period, value }).from(houseReadings).$dynamic()
  const [before] = await rows()
    .where(and(own, lt(period, of)))
    .orderBy(desc(period))
    .limit(1)
  const [at] = await rows().where(and(own, eq(period, of)))
  const [after] = await rows()
    .where(and(own, gt(period, of)))
    .orderBy(asc(period))
    .limit(1)
  return [before, at, after] as const
}

async function store(
  tx: Tx,
  staff: Staff,
  meter: HouseMeter,
  {
    period,
    value,
    takenOn,
    now,
  }: Pick<typeof houseReadings.$inferSelect, 'period' | 'value' | 'takenOn'> & { now: Date },
): Promise<void> {
  const month = and(eq(houseReadings.houseMeterId, meter.id), eq(houseReadings.period, period))
  const [last] = await tx
    .select({ version: max(houseReadings.version) })
    .from(houseReadings)
    .where(month)
  await tx
    .update(houseReadings)
    .set({ supersededAt: now })
    .where(and(month, isNull(houseReadings.supersededAt)))
  await tx.insert(houseReadings).values({
    ...{ houseMeterId: meter.id, period, version: (last?.version ?? 0) + 1 },
    ...{ value, takenOn, receivedAt: now, actorId: staff.userId },
  })
}

/** Closes a house's meter. `invalid` at `removedOn`; refused: `absent`. */
export function closeHouseMeter(
  staff: Staff,
  { meter: id, removedOn }: CloseHouseMeterInput,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  return db().transaction(async (tx) => {
    const meter = await lockMeter(tx, id)
    if (!meter) return ABSENT
    if (meter.removedOn !== null)
      return meter.removedOn === removedOn ? ok() : invalid({ removedOn: 'Этот счётчик уже снят.' })
    const errors = removalErrors(meter.installedOn, removedOn, moscowDay(now))
    if (Object.keys(errors).length > 0) return invalid(errors)
    await tx.update(houseMeters).set({ removedOn }).where(eq(houseMeters.id, id))
    await audit(tx, staff, 'house-meter.closed', meter, { removedOn })
    return ok()
  })
}

function audit(
  tx: Tx,
  staff: Staff,
  action: 'house-meter.added' | 'house-meter.closed' | 'house-readings.entered',
  { id, serial, house }: HouseMeter,
  after: Record<string, string>,
  before?: string,
): Promise<void> {
  return record(tx, staff, {
    action,
    subject: { kind: 'house-meter', id: String(id), label: serial },
    ...(before === undefined ? {} : { before: { value: before } }),
    after: { house, ...after },
  })
}
