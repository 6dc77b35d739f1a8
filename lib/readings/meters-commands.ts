import { eq } from 'drizzle-orm'
import { meters } from '@/db/schema'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { onAccount } from './by-staff'
import { datesErrors } from './meters-rules'
import type { AddMeterInput, ChangeMeterInput, RemoveMeterInput, ReplaceMeterInput } from './meters-schema'
import {
  audit,
  checkFinals,
  checkNew,
  close,
  closing,
  hasReadings,
  insertMeter,
  type Meter,
  meterOf,
  standingWith,
  successorOf,
} from './meters-writing'

type Refusal = 'absent' | 'busy' | 'removed'

const ABSENT = refused('absent', 'Такого счётчика на этом счёте нет.')
const REMOVED = refused('removed', 'Этот счётчик уже снят. Обновите страницу: что с ним стало, написано там.')

/**
 * «Добавить счётчик». The same number and day again is the same meter and the same answer. `invalid` by field; refused:
 * `absent` (no such account), `busy` (a file is being loaded).
 */
export function addMeter(
  staff: Staff,
  input: AddMeterInput,
  now: Date,
): Promise<Result<{ id: number }, Refusal>> {
  return onAccount({ number: input.account }, async (tx, account) => {
    const { values, errors } = checkNew(input, moscowDay(now))
    if (Object.keys(errors).length > 0) return invalid(errors)
    const twin = await standingWith(tx, account.id, input.serial)
    if (twin?.installedOn === input.installedOn && twin.kind === input.kind) return ok({ id: twin.id })
    if (twin) return invalid({ serial: TWIN })
    const made = await insertMeter(tx, account.id, input, values)
    if (!made) return invalid({ serial: TWIN })
    await audit(tx, staff, account, 'meter.added', made, { after: { installedOn: made.installedOn } })
    return ok({ id: made.id })
  })
}

const TWIN = 'Счётчик с таким номером на этом счёте уже есть. Проверьте номер или откройте тот счётчик.'

/**
 * «Заменить», one act: the old meter is closed with its last values, stored for the period a value sent now is for, and
 * the new one opened in its place. Pressed again it is the same replacement. `invalid` by field: a last value below the
 * last known one, unless the counter plausibly passed zero and the tick says so; refused: `absent`, `busy`, `removed`.
 */
export function replaceMeter(
  staff: Staff,
  input: ReplaceMeterInput,
  now: Date,
): Promise<Result<{ id: number }, Refusal>> {
  return onAccount({ number: input.account }, async (tx, account) => {
    const old = await meterOf(tx, account.id, input.meter)
    if (!old) return ABSENT
    const { kind } = old
    const fresh = { ...input, kind, installedOn: input.installedOn ?? input.removedOn }
    if (old.removedOn !== null) {
      const made = await successorOf(tx, old, fresh)
      return made ? ok({ id: made.id }) : REMOVED
    }
    const today = moscowDay(now)
    const finals = await checkFinals(tx, old, input, today)
    const { values, errors } = checkNew(fresh, today)
    if (fresh.installedOn < input.removedOn)
      errors.installedOn = 'Новый счётчик не поставить раньше, чем снят прежний.'
    if (await standingWith(tx, account.id, fresh.serial)) errors.serial = TWIN
    if (Object.keys({ ...finals.errors, ...errors }).length > 0)
      return invalid({ ...finals.errors, ...errors })
    const period = await close(tx, staff, old, finals.values, input.removedOn, now)
    const made = await insertMeter(tx, account.id, fresh, values, old.id)
    if (!made) throw new Error('a meter of that number stood there after all')
    const closed = closing(old, period, input.removedOn, finals.values)
    const opened = { new: made.serial, installedOn: made.installedOn }
    await audit(tx, staff, account, 'meter.replaced', old, { after: { ...closed, ...opened } })
    return ok({ id: made.id })
  })
}

/** «Снять»: the meter is closed with its last values, as by «Заменить», and none comes in its place. */
export function removeMeter(
  staff: Staff,
  input: RemoveMeterInput,
  now: Date,
): Promise<Result<undefined, Refusal>> {
  return onAccount({ number: input.account }, async (tx, account) => {
    const meter = await meterOf(tx, account.id, input.meter)
    if (!meter) return ABSENT
    if (meter.removedOn !== null) return meter.removedOn === input.removedOn ? ok() : REMOVED
    const { values, errors } = await checkFinals(tx, meter, input, moscowDay(now))
    if (Object.keys(errors).length > 0) return invalid(errors)
    const period = await close(tx, staff, meter, values, input.removedOn, now)
    const after = closing(meter, period, input.removedOn, values)
    await audit(tx, staff, account, 'meter.removed', meter, { after })
    return ok()
  })
}

/** «Изменить». Digits of the dial change only while nothing was read off it. Refused: `absent`, `busy`. */
export function changeMeter(staff: Staff, input: ChangeMeterInput): Promise<Result<undefined, Refusal>> {
  return onAccount({ number: input.account }, async (tx, account) => {
    const meter = await meterOf(tx, account.id, input.meter)
    if (!meter) return ABSENT
    const { place, commissionedOn, verifiedUntil, automatic } = input
    const { digitsBefore = meter.digitsBefore, digitsAfter = meter.digitsAfter } = input
    const errors = datesErrors(input, meter.installedOn)
    const dial = digitsBefore !== meter.digitsBefore || digitsAfter !== meter.digitsAfter
    if (dial && (await hasReadings(tx, meter)))
      errors.digitsBefore = 'По счётчику уже есть показания: число цифр не изменить. Замените счётчик.'
    if (Object.keys(errors).length > 0) return invalid(errors)
    const after = { place, commissionedOn, verifiedUntil, automatic, digitsBefore, digitsAfter }
    const { before, changed } = difference(meter, after)
    if (Object.keys(changed).length === 0) return ok()
    await tx
      .update(meters)
      .set({ ...after, importId: null })
      .where(eq(meters.id, meter.id))
    await audit(tx, staff, account, 'meter.changed', meter, { after: changed, before })
    return ok()
  })
}

type Facts = Record<string, string | number | boolean | null>

/** What differs, as it was and as it is to be. */
function difference(meter: Facts | Meter, wanted: Facts): { before: Facts; changed: Facts } {
  const was = new Map<string, unknown>(Object.entries(meter))
  const names = Object.keys(wanted).filter((name) => was.get(name) !== wanted[name])
  const before = names.map((name) => [name, textOf(was.get(name))])
  return {
    before: Object.fromEntries(before),
    changed: Object.fromEntries(names.map((name) => [name, wanted[name] ?? null])),
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
