import type { CalendarDay } from '@/lib/units/day'
import { addMonths, monthsBetween, type Period } from '@/lib/units/period'
import { add, formatDial, fullTurn, type MeterValue, parseQuantity, subtract } from '@/lib/units/quantity'

/** How many digits a counter has before and after the point. */
export interface Dial {
  digitsBefore: number
  digitsAfter: number
}
export type Typed = { ok: true; value: MeterValue } | { ok: false; error: string }

/**
 * Reads what a person typed off a dial: `123,4`, `123.4`, `00123`, spaces anywhere; else an error in Russian that says what
 * is needed. Never throws.
 */
export function readTyped(text: string, dial: Dial): Typed {
  const compact = text.replace(/\s/g, '')
  if (compact === '') return wrong('Введите показание.')
  if (/^[-\u2212\u2013]/.test(compact))
    return wrong('Показание не бывает меньше нуля. Введите цифры без минуса.')
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(compact)
  if (!match) return wrong('Нужны только цифры и запятая, как на счётчике.')
  const whole = (match[1] ?? '').replace(/^0+(?=\d)/, '')
  const rest = match[2] ?? ''
  if (whole.length > dial.digitsBefore)
    return wrong(
      `До запятой у этого счётчика не больше ${digits(dial.digitsBefore)}. Проверьте, нет ли лишней.`,
    )
  if (rest && dial.digitsAfter === 0)
    return wrong('У этого счётчика нет цифр после запятой. Введите целое число.')
  if (rest.length > dial.digitsAfter)
    return wrong(`После запятой у этого счётчика не больше ${digits(dial.digitsAfter)}.`)
  const value = parseQuantity(rest ? `${whole}.${rest}` : whole)
  return value === undefined ? wrong('Нужны только цифры и запятая, как на счётчике.') : { ok: true, value }
}

/** A new value against the previous one of the same counter. */
export type Verdict =
  | { kind: 'first' }
  | { kind: 'used'; used: MeterValue }
  /** Lower, but the counter may have passed its highest value: to be confirmed. */
  | { kind: 'turned'; used: MeterValue }
  | { kind: 'lower' }

/**
 * What a new value means. A lower one is refused unless the counter plausibly passed zero: the previous value in the last
 * tenth of the dial and the new one in the first tenth (99998 → 00003 used 5). The same value used nothing.
 */
export function compare(value: MeterValue, previous: MeterValue | undefined, dial: Dial): Verdict {
  if (previous === undefined) return { kind: 'first' }
  if (value >= previous) return { kind: 'used', used: subtract(value, previous) }
  const turn = fullTurn(dial.digitsBefore)
  if (previous < turn && previous * 10n >= turn * 9n && value * 10n < turn)
    return { kind: 'turned', used: subtract(add(value, turn), previous) }
  return { kind: 'lower' }
}

/** «Меньше прошлых 00315,204. Проверьте цифры.» */
export function lowerMessage(previous: MeterValue, { digitsBefore, digitsAfter }: Dial): string {
  return `Меньше прошлых ${formatDial(previous, digitsBefore, digitsAfter)}. Проверьте цифры.`
}

/** Whether a meter waits for readings of residents. */
export type Standing = 'good' | 'automatic' | 'expired' | 'removed'

/** Whether a subscriber may send readings of a meter: not after its verification ran out, nor once it is removed, nor of one that sends them itself. */
export function standing(
  meter: { removedOn: CalendarDay | null; verifiedUntil: CalendarDay | null; automatic: boolean },
  today: CalendarDay,
): Standing {
  if (meter.removedOn !== null && meter.removedOn <= today) return 'removed'
  if (meter.automatic) return 'automatic'
  return meter.verifiedUntil !== null && meter.verifiedUntil < today ? 'expired' : 'good'
}

/** The period a value is stored for: the first one from `due` on that billing has not taken. */
export function firstNotTaken(due: Period, taken: ReadonlySet<Period>): Period {
  let period = due
  while (taken.has(period)) period = addMonths(period, 1)
  return period
}

/** A value of one counter, accepted for one period. */
export interface Point {
  period: Period
  value: MeterValue
  rolledOver: boolean
}

const AVERAGE_MONTHS = 6

/**
 * Average use a month over up to the last 6 months, to a tenth (whole units on a dial without decimals); undefined
 * without two points, or when a value fell: such a history tells nothing. `points` in any order.
 */
export function averageUse(points: readonly Point[], dial: Dial): MeterValue | undefined {
  const ordered = [...points].sort((a, b) => (a.period < b.period ? -1 : 1))
  const last = ordered.at(-1)
  if (!last) return undefined
  const recent = ordered.filter((point) => monthsBetween(point.period, last.period) <= AVERAGE_MONTHS)
  const [first] = recent
  const months = first ? monthsBetween(first.period, last.period) : 0
  if (!first || months === 0) return undefined
  let used = subtract(last.value, first.value)
  for (const point of recent.slice(1)) if (point.rolledOver) used = add(used, fullTurn(dial.digitsBefore))
  return used < 0n ? undefined : rounded(used, months, dial.digitsAfter > 0 ? 1 : 0)
}

/** What went through a counter between its values, the latest first; a fall without a passing of zero counts as nothing. */
export function usesBefore(points: readonly Point[], dial: Dial): MeterValue[] {
  const ordered = [...points].sort((a, b) => (a.period < b.period ? 1 : -1))
  return ordered.slice(0, -1).map((point, place) => {
    const before = ordered[place + 1]?.value ?? point.value
    const passed = point.rolledOver ? add(point.value, fullTurn(dial.digitsBefore)) : point.value
    return passed < before ? subtract(before, before) : subtract(passed, before)
  })
}

function rounded(total: MeterValue, count: number, decimals: number): MeterValue | undefined {
  const step = 10n ** BigInt(7 - decimals)
  const parts = BigInt(count) * step
  const steps = (total * 2n + parts) / (parts * 2n)
  const text = steps.toString().padStart(decimals + 1, '0')
  return parseQuantity(decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text)
}

function digits(count: number): string {
  return `${count} ${count === 1 ? 'цифры' : 'цифр'}`
}

function wrong(error: string): Typed {
  return { ok: false, error }
}
