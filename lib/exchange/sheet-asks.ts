import { findDoubts, keepAnswer, takeAnswer } from '@/lib/readings/doubts'
import type { MeterState } from '@/lib/readings/queries'
import { readTyped } from '@/lib/readings/rules'
import { doubtName, fieldName, type ReadingsInput, turnedName } from '@/lib/readings/schema'
import type { FieldErrors } from '@/lib/result'
import { formatDial, type MeterValue, toDecimal } from '@/lib/units/quantity'
import type { RowAnswer, SheetRow } from './schema'

/** What became of a row. */
export type Outcome = Omit<RowAnswer, 'row'>

/** A row that was not entered, and why. */
export const failed = (words: string): Outcome => ({ outcome: 'failed', words, asks: [] })

/** An account number without spaces. */
export const digits = (account: string) => account.replace(/\s/g, '')
/** A serial as it is compared. */
export const bare = (serial: string) => serial.replace(/[\s№]/g, '').toUpperCase()

/** The values of a row by field; what does not read is left out. */
export function valuesOf(meter: MeterState, typed: readonly string[]): Map<string, MeterValue> {
  return new Map(
    meter.registers.flatMap(({ register }) => {
      const read = readTyped(typed[register - 1] ?? '', meter)
      return read.ok ? [[fieldName(meter.id, register), read.value] as const] : []
    }),
  )
}

/** Name of a tick: it must find its row again in a sheet that was changed meanwhile. Its value names what it confirms. */
const tickName = (kind: 'doubt' | 'turned', { account, serial }: SheetRow, register: number) =>
  `${kind} ${digits(account)} ${bare(serial)} ${register}`

/** A row as the form of readings, with the ticks that stand at it. */
export function inputOf(
  meter: MeterState,
  row: SheetRow,
  ticks: Readonly<Record<string, string>>,
): ReadingsInput {
  const input: ReadingsInput = { account: digits(row.account) }
  for (const { register } of meter.registers) {
    input[fieldName(meter.id, register)] = row.values[register - 1] ?? ''
    input[doubtName(meter.id, register)] = ticks[tickName('doubt', row, register)] ?? ''
    input[turnedName(meter.id, register)] = ticks[tickName('turned', row, register)] ?? ''
  }
  return input
}

/** What a refusal by field means for a row: one that only asks becomes ticks, any other is told. */
export function asked(
  meter: MeterState,
  row: SheetRow,
  values: ReadonlyMap<string, MeterValue>,
  errors: FieldErrors,
): Outcome {
  const dial = (value: MeterValue) => formatDial(value, meter.digitsBefore, meter.digitsAfter)
  const words: string[] = []
  const asks: RowAnswer['asks'] = []
  for (const { register, name } of meter.registers) {
    const field = fieldName(meter.id, register)
    const wrong = errors[field]
    if (wrong) return failed(name ? `${name}: ${wrong}` : wrong)
    const value = values.get(field)
    if (errors[turnedName(meter.id, register)] && value !== undefined) {
      words.push('Меньше прошлых.')
      const label = `Счётчик перешёл через ноль, записать ${dial(value)}`
      asks.push({ name: tickName('turned', row, register), value: toDecimal(value), label })
    }
    const doubt = findDoubts([meter], values).find((one) => one.register === register)
    const odd = errors[doubtName(meter.id, register)]
    if (!odd || !doubt) continue
    words.push(odd)
    const tick = tickName('doubt', row, register)
    if (doubt.offer) asks.push({ name: tick, value: takeAnswer(doubt), label: doubt.offer })
    if (doubt.keepable)
      asks.push({ name: tick, value: keepAnswer(doubt), label: `Записать как есть: ${dial(doubt.value)}` })
  }
  return words.length > 0
    ? { outcome: 'doubt', words: words.join(' '), asks }
    : failed(Object.values(errors)[0] ?? 'Не записано.')
}
