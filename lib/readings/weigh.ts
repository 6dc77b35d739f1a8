import type { FieldErrors } from '@/lib/result'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { formatPeriod, type Period } from '@/lib/units/period'
import { formatDial, type MeterValue, toDecimal } from '@/lib/units/quantity'
import {
  type Doubt,
  type DoubtedMeter,
  type DoubtedRegister,
  findDoubts,
  keepAnswer,
  takeAnswer,
} from './doubts'
import { compare, lowerMessage, readTyped, type Standing } from './rules'
import { doubtName, fieldName, type ReadingsInput, turnedName } from './schema'

/** What weighing needs to know of a meter. */
export interface WeighedMeter extends DoubtedMeter {
  standing: Standing
  expiredOn: CalendarDay | undefined
  installedOn?: CalendarDay
  removedOn?: CalendarDay | null
  registers: readonly WeighedRegister[]
}
interface WeighedRegister extends DoubtedRegister {
  previous: { value: MeterValue; takenOn?: CalendarDay } | undefined
  /** The nearest value of a later month, when the value weighed comes late. */
  next?: { value: MeterValue; period: Period; rolledOver: boolean } | undefined
}
/** A value fit to be stored. `turned`: the counter passed zero, and the person said so. */
export interface Entry {
  meterId: number
  register: number
  value: MeterValue
  turned: boolean
  /** What looked odd about it, and the person said that it is right. */
  doubt?: Doubt
}

interface WeighOptions {
  everything?: boolean
  takenOn?: CalendarDay
}

/** What a whole form comes to. */
export interface Weighed {
  entries: Entry[]
  /** By field name; when there are any, nothing of the form may be stored. */
  errors: FieldErrors
}

/**
 * Weighs a whole form: all counters of a meter or none; a meter left empty is skipped. An odd value is asked about once, at
 * `doubtName`: the answer `take:` puts the likely right value in its place, `keep:` leaves it. Answers name the value they
 * are about, and count for no other. `everything`: staff may send for expired and removed meters, too, but not of a day
 * before the previous value's; `takenOn` is the day the dials were read.
 */
export function weigh(
  meters: readonly WeighedMeter[],
  input: ReadingsInput,
  options: WeighOptions = {},
): Weighed {
  const touched = meters.filter((meter) => meter.registers.some((of) => typed(meter, of, input) !== ''))
  if (touched.length === 0) return { entries: [], errors: nothingTyped(meters) }
  const { values, errors } = readAll(touched, input, options)
  const doubts = findDoubts(touched, values)
  for (const doubt of doubts)
    if (takes(doubt, input)) for (const [field, right] of doubt.proposed) values.set(field, right)
  const open = doubts.filter((doubt) => !takes(doubt, input))
  const entries: Entry[] = []
  for (const meter of touched)
    for (const of of meter.registers) {
      const value = values.get(fieldName(meter.id, of.register))
      if (value === undefined) continue
      const found = judge(meter, of, value, open, input)
      if (found.ok) entries.push(found.entry)
      else errors[found.field] = found.message
    }
  return { entries: Object.keys(errors).length > 0 ? [] : entries, errors }
}

/** The values of a form that read, by field, and what is wrong with the others. */
function readAll(
  touched: readonly WeighedMeter[],
  input: ReadingsInput,
  { everything = false, takenOn }: WeighOptions,
): { values: Map<string, MeterValue>; errors: FieldErrors } {
  const values = new Map<string, MeterValue>()
  const errors: FieldErrors = {}
  for (const meter of touched) {
    const refusal =
      (everything ? earlierMessage(meter, takenOn) : standingMessage(meter)) ?? dayMessage(meter, takenOn)
    for (const of of meter.registers) {
      const field = fieldName(meter.id, of.register)
      const text = typed(meter, of, input)
      const read = text === '' ? undefined : readTyped(text, meter)
      if (refusal) errors[field] = refusal
      else if (!read) errors[field] = 'Введите и это показание: счётчик передают целиком.'
      else if (read.ok) values.set(field, read.value)
      else errors[field] = read.error
    }
  }
  return { values, errors }
}

function takes(doubt: Doubt, input: ReadingsInput): boolean {
  return doubt.proposed.size > 0 && answerTo(doubt, input) === takeAnswer(doubt)
}

function answerTo({ meterId, register }: Doubt, input: ReadingsInput): string | undefined {
  return input[doubtName(meterId, register)]
}

type Judged = { ok: true; entry: Entry } | { ok: false; field: string; message: string }

function judge(
  meter: WeighedMeter,
  { register, previous, next }: WeighedRegister,
  value: MeterValue,
  open: readonly Doubt[],
  input: ReadingsInput,
): Judged {
  const field = fieldName(meter.id, register)
  const doubt = open.find((one) => one.meterId === meter.id && one.register === register)
  if (doubt && !(doubt.keepable && answerTo(doubt, input) === keepAnswer(doubt)))
    return problem(doubtName(meter.id, register), doubt.words)
  const verdict = compare(value, previous?.value, meter)
  if (verdict.kind === 'lower' && previous) return problem(field, lowerMessage(previous.value, meter))
  const turned = verdict.kind === 'turned'
  if (turned && input[turnedName(meter.id, register)] !== toDecimal(value))
    return problem(
      turnedName(meter.id, register),
      'Меньше прошлых. Если счётчик перешёл через ноль, поставьте галочку; если нет, проверьте цифры.',
    )
  if (next && (next.rolledOver ? turned : value > next.value))
    return problem(field, higherMessage(next, meter))
  return { ok: true, entry: { meterId: meter.id, register, value, turned, ...(doubt ? { doubt } : {}) } }
}

function problem(field: string, message: string): Judged {
  return { ok: false, field, message }
}

function higherMessage(
  next: { value: MeterValue; period: Period },
  { digitsBefore, digitsAfter }: WeighedMeter,
): string {
  return `Больше, чем уже передано за ${formatPeriod(next.period)}: ${formatDial(next.value, digitsBefore, digitsAfter)}. Проверьте цифры.`
}

function standingMessage({ standing, expiredOn }: WeighedMeter): string | undefined {
  if (standing === 'good') return undefined
  if (standing === 'removed') return 'Этот счётчик снят, показания по нему не нужны. Обновите страницу.'
  if (standing === 'automatic') return 'Этот счётчик передаёт показания сам, вводить их не нужно.'
  const since = expiredOn ? ` ${formatDay(expiredOn)}` : ''
  return `Срок поверки истёк${since}. Закажите поверку или замену счётчика, до этого показания не принимаются.`
}

/** A value of a day before the one of the previous value: only staff name a day. */
function earlierMessage({ registers }: WeighedMeter, takenOn: CalendarDay | undefined): string | undefined {
  const [last] = registers
    .flatMap(({ previous }) => previous?.takenOn ?? [])
    .sort()
    .reverse()
  return takenOn !== undefined && last !== undefined && takenOn < last
    ? `Прошлое показание снято ${formatDay(last)}: это не может быть снято раньше. Проверьте день.`
    : undefined
}

/** A value of a day on which the meter was not there. */
function dayMessage(
  { installedOn, removedOn }: WeighedMeter,
  takenOn: CalendarDay | undefined,
): string | undefined {
  if (takenOn === undefined) return undefined
  if (installedOn && takenOn < installedOn)
    return `Счётчик установлен ${formatDay(installedOn)}: показаний на более ранний день у него нет.`
  return removedOn && takenOn > removedOn
    ? `Счётчик снят ${formatDay(removedOn)}: показаний на более поздний день у него нет.`
    : undefined
}

function nothingTyped(meters: readonly WeighedMeter[]): FieldErrors {
  const first = meters.find((meter) => meter.standing === 'good')
  const field = first ? fieldName(first.id, first.registers[0]?.register ?? 1) : 'account'
  return { [field]: 'Введите показания хотя бы одного счётчика.' }
}

function typed(meter: WeighedMeter, { register }: { register: number }, input: ReadingsInput): string {
  return (input[fieldName(meter.id, register)] ?? '').trim()
}
