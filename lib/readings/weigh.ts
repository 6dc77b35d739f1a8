import type { FieldErrors } from '@/lib/result'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { type MeterValue, toDecimal } from '@/lib/units/quantity'
import { compare, type Dial, lowerMessage, readTyped } from './rules'
import { fieldName, type ReadingsInput, turnedName } from './schema'

/** What weighing needs to know of a meter. */
export interface WeighedMeter extends Dial {
  id: number
  standing: 'good' | 'expired' | 'removed'
  expiredOn: CalendarDay | undefined
  registers: readonly { register: number; previous: { value: MeterValue } | undefined }[]
}
/** A value fit to be stored. `turned`: the counter passed zero, and the person said so. */
export interface Entry {
  meterId: number
  register: number
  value: MeterValue
  turned: boolean
}

/**
 * Weighs a whole form: all counters of a meter or none; a meter left empty is skipped. `errors` by field name; when there
 * are any, nothing of the form may be stored.
 */
export function weigh(
  meters: readonly WeighedMeter[],
  input: ReadingsInput,
): { entries: Entry[]; errors: FieldErrors } {
  const entries: Entry[] = []
  const errors: FieldErrors = {}
  const touched = meters.filter((meter) =>
    meter.registers.some((of) => typed(meter, of.register, input) !== ''),
  )
  for (const meter of touched) {
    const refusal = standingMessage(meter)
    for (const of of meter.registers) {
      const field = fieldName(meter.id, of.register)
      const found = refusal ? problem(field, refusal) : weighRegister(meter, of, input)
      if (found.ok) entries.push(found.entry)
      else errors[found.field] = found.message
    }
  }
  if (touched.length === 0) Object.assign(errors, nothingTyped(meters))
  return { entries, errors }
}

type Weighed = { ok: true; entry: Entry } | { ok: false; field: string; message: string }

function weighRegister(
  meter: WeighedMeter,
  { register, previous }: WeighedMeter['registers'][number],
  input: ReadingsInput,
): Weighed {
  const field = fieldName(meter.id, register)
  const text = typed(meter, register, input)
  if (text === '') return problem(field, 'Введите и это показание: счётчик передают целиком.')
  const read = readTyped(text, meter)
  if (!read.ok) return problem(field, read.error)
  const { value } = read
  const verdict = compare(value, previous?.value, meter)
  if (verdict.kind === 'lower' && previous) return problem(field, lowerMessage(previous.value, meter))
  const turned = verdict.kind === 'turned'
  const tick = turnedName(meter.id, register)
  if (turned && input[tick] !== toDecimal(value))
    return problem(
      tick,
      'Меньше прошлых. Если счётчик перешёл через ноль, поставьте галочку; если нет, проверьте цифры.',
    )
  return { ok: true, entry: { meterId: meter.id, register, value, turned } }
}

function problem(field: string, message: string): Weighed {
  return { ok: false, field, message }
}

function standingMessage({ standing, expiredOn }: WeighedMeter): string | undefined {
  if (standing === 'removed') return 'Этот счётчик снят, показания по нему не нужны. Обновите страницу.'
  if (standing === 'good') return undefined
  const since = expiredOn ? ` ${formatDay(expiredOn)}` : ''
  return `Срок поверки истёк${since}. Закажите поверку или замену счётчика, до этого показания не принимаются.`
}

function nothingTyped(meters: readonly WeighedMeter[]): FieldErrors {
  const first = meters.find((meter) => meter.standing === 'good')
  const field = first ? fieldName(first.id, first.registers[0]?.register ?? 1) : 'account'
  return { [field]: 'Введите показания хотя бы одного счётчика.' }
}

function typed(meter: WeighedMeter, register: number, input: ReadingsInput): string {
  return (input[fieldName(meter.id, register)] ?? '').trim()
}
