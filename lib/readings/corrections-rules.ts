import type { FieldErrors } from '@/lib/result'
import { formatPeriod, type Period } from '@/lib/units/period'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import type { CounterValue } from './meters-rules'
import { compare, type Dial, lowerMessage, readTyped } from './rules'

/** A counter whose value of a month is to be corrected, between its neighbours. */
export interface Corrected {
  register: number
  current: MeterValue
  previous: MeterValue | undefined
  /** The first value after it; a counter that passed zero in between bounds nothing. */
  next: { value: MeterValue; period: Period; rolledOver: boolean } | undefined
}

/**
 * Weighs the values that are to stand instead of those billing has taken: of every counter, none below the month before
 * it nor above the month after it, and not all as they are. `errors` by field: `value1`…
 */
export function weighCorrection(
  dial: Dial,
  counters: readonly Corrected[],
  texts: readonly string[],
): { values: CounterValue[]; errors: FieldErrors } {
  const values: CounterValue[] = []
  const errors: FieldErrors = {}
  for (const counter of counters) {
    const read = readTyped(texts[counter.register - 1] ?? '', dial)
    const problem = read.ok ? problemOf(read.value, counter, dial) : read.error
    if (problem) errors[`value${counter.register}`] = problem
    else if (read.ok)
      values.push({
        register: counter.register,
        value: read.value,
        turned: compare(read.value, counter.previous, dial).kind === 'turned',
      })
  }
  const same = values.length > 0 && values.every((entry) => isCurrent(entry, counters))
  if (same && Object.keys(errors).length === 0)
    errors.value1 = 'Это те же показания, что уже переданы. Введите те, что были на счётчике.'
  return { values, errors }
}

function problemOf(value: MeterValue, { previous, next }: Corrected, dial: Dial): string | undefined {
  if (previous !== undefined && compare(value, previous, dial).kind === 'lower')
    return lowerMessage(previous, dial)
  if (!next || next.rolledOver || value <= next.value) return undefined
  const after = formatDial(next.value, dial.digitsBefore, dial.digitsAfter)
  return `Больше, чем за ${formatPeriod(next.period)}: тогда было ${after}. Проверьте цифры.`
}

function isCurrent({ register, value }: CounterValue, counters: readonly Corrected[]): boolean {
  return counters.find((counter) => counter.register === register)?.current === value
}
