import type { FieldErrors } from '@/lib/result'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { type MeterValue, quantity } from '@/lib/units/quantity'
import type { FinalValues } from './meters-schema'
import { compare, type Dial, lowerMessage, readTyped } from './rules'

/** A value of one counter fit to be stored. `turned`: it passed zero, and the person said so. */
export interface CounterValue {
  register: number
  value: MeterValue
  turned: boolean
}

/** The counters of a meter, T1 first. */
export function registersOf({ registers }: { registers: number }): number[] {
  return Array.from({ length: registers }, (_, place) => place + 1)
}

const MUST_TURN =
  'Меньше прошлых. Если счётчик перешёл через ноль, поставьте галочку; если нет, проверьте цифры.'

/**
 * The last values of a meter that is taken down: every counter has one, none is below the last known of it, unless the
 * counter plausibly passed zero and the tick confirms this very value. `errors` by field: `final1`, `turned1`…
 */
export function weighFinals(
  meter: Dial & { registers: number },
  last: ReadonlyMap<number, MeterValue>,
  input: FinalValues,
): { values: CounterValue[]; errors: FieldErrors } {
  const values: CounterValue[] = []
  const errors: FieldErrors = {}
  for (const register of registersOf(meter)) {
    const [text, tick] = finalOf(input, register)
    const read = readTyped(text, meter)
    if (!read.ok) {
      errors[`final${register}`] = read.error
      continue
    }
    const before = last.get(register)
    const verdict = compare(read.value, before, meter)
    const turned = verdict.kind === 'turned'
    if (verdict.kind === 'lower' && before !== undefined)
      errors[`final${register}`] = lowerMessage(before, meter)
    else if (turned && tick !== text) errors[`turned${register}`] = MUST_TURN
    else values.push({ register, value: read.value, turned })
  }
  return { values, errors }
}

function finalOf(input: FinalValues, register: number): [text: string, tick: string] {
  if (register === 1) return [input.final1, input.turned1]
  return register === 2 ? [input.final2, input.turned2] : [input.final3, input.turned3]
}

const ZERO = quantity('0')

/** What the counters of a new meter show when it is put up; an empty field is zero. `errors` by field: `initial1`… */
export function readInitials(
  meter: Dial & { registers: number },
  input: { initial1: string; initial2: string; initial3: string },
): { values: (MeterValue | null)[]; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const values = [input.initial1, input.initial2, input.initial3].map((text, place) => {
    if (place >= meter.registers) return null
    if (text === '') return ZERO
    const read = readTyped(text, meter)
    if (read.ok) return read.value
    errors[`initial${place + 1}`] = read.error
    return null
  })
  return { values, errors }
}

interface PutUp {
  kind: string
  registers: number
  installedOn: CalendarDay
  commissionedOn: CalendarDay | null
  verifiedUntil: CalendarDay | null
}

/** What cannot be so of a meter that is put up. `errors` by field. */
export function newMeterErrors(meter: PutUp, today: CalendarDay): FieldErrors {
  const errors: FieldErrors = {}
  if (meter.registers > 1 && meter.kind !== 'electricity')
    errors.registers = 'Несколько тарифов бывает только у счётчика электричества.'
  if (meter.installedOn > today) errors.installedOn = NOT_YET
  return { ...errors, ...datesErrors(meter, meter.installedOn) }
}

/** Days of a meter that come before it was put up. */
export function datesErrors(
  { commissionedOn, verifiedUntil }: Pick<PutUp, 'commissionedOn' | 'verifiedUntil'>,
  installedOn: CalendarDay,
): FieldErrors {
  const early = `Раньше дня установки, ${formatDay(installedOn)}.`
  return {
    ...(commissionedOn !== null && commissionedOn < installedOn ? { commissionedOn: early } : {}),
    ...(verifiedUntil !== null && verifiedUntil < installedOn ? { verifiedUntil: early } : {}),
  }
}

/** What cannot be so of the day a meter was taken down. `errors` by field. */
export function removalErrors(
  installedOn: CalendarDay,
  removedOn: CalendarDay,
  today: CalendarDay,
): FieldErrors {
  if (removedOn > today) return { removedOn: NOT_YET }
  return removedOn < installedOn ? { removedOn: `Счётчик поставили позже: ${formatDay(installedOn)}.` } : {}
}

const NOT_YET = 'Этот день ещё не наступил.'
