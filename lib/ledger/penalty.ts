import { formatMoney, type Kopecks, kopecks } from '@/lib/units/money'
import { formatQuantity, type MeterValue, quantity } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'
import type { Line } from './rules'

/** Days of a debt a penalty is reckoned for, at one part (1/300 or 1/130) of the yearly rate a day. */
export interface PenaltyStep {
  days: number
  part: 300 | 130
}

/**
 * The penalty of a debt that is `days` days late (ЖК РФ ст. 155 §14): days 1–30 none, 31–90 1/300 of the rate a day,
 * from 91 on 1/130. `rate` in percent a year (9.5). To the kopeck, halves up; 5 000,00 ₽ for 100 days at 9,5 % is 131,54 ₽.
 */
export function penaltyFor(debt: Kopecks, days: number, rate: MeterValue): Kopecks {
  return stepsAmount(debt, stepsOf(days), rate)
}

/** The steps a debt goes through in that many days of being late. */
export function stepsOf(days: number): PenaltyStep[] {
  const steps: PenaltyStep[] = [
    { days: Math.min(Math.max(days - 30, 0), 60), part: 300 },
    { days: Math.max(days - 90, 0), part: 130 },
  ]
  return steps.filter((step) => step.days > 0)
}

/** Debt × days × part of the rate, the steps together, rounded once. */
export function stepsAmount(debt: Kopecks, steps: readonly PenaltyStep[], rate: MeterValue): Kopecks {
  const parts = steps.reduce((sum, { days, part }) => sum + BigInt(days) * (COMMON / BigInt(part)), 0n)
  const whole = COMMON * PERCENT
  return kopecks((debt * rate * parts * 2n + whole) / (whole * 2n))
}

/** The least number both parts divide. */
const COMMON = 3_900n
/** Ten-millionths of a percent in the whole. */
const PERCENT = 1_000_000_000n

/** How a penalty was reckoned, as text, and the sum that gives; `agrees` when it is the one billing states. */
export interface PenaltyWorkings {
  formula: string
  /** The days of being late, when the first thirty of them, without a penalty, are among those billing states. */
  late: number | undefined
  amount: Kopecks
  agrees: boolean
}

/**
 * Explains the penalty of a row by the debt, days and rate billing states: undefined when it states none of them.
 * Programs count the days otherwise: those charged for, or those of being late. The count that gives billing's own sum is shown.
 */
export function penaltyWorkings(
  line: Pick<Line, 'penalty' | 'penaltyBase' | 'penaltyDays' | 'penaltyRate'>,
): PenaltyWorkings | undefined {
  const { penaltyBase: debt, penaltyDays: days, penaltyRate: rate } = line
  if (debt === null || days === null || rate === null) return undefined
  const plain: PenaltyStep[] = [{ days, part: 300 }]
  const bySteps = stepsOf(days)
  const ways = [plain, bySteps, [{ days, part: 130 } satisfies PenaltyStep]]
  const fits = (steps: readonly PenaltyStep[]) => stepsAmount(debt, steps, rate) === line.penalty
  const steps = ways.find((way) => way.length > 0 && fits(way)) ?? plain
  const terms = steps.map(
    (step) =>
      `${formatMoney(debt)} × ${plural(step.days, ['день', 'дня', 'дней'])} × 1/${step.part} × ${formatQuantity(rate)}\u00a0%`,
  )
  const amount = stepsAmount(debt, steps, rate)
  const late = steps === bySteps ? days : undefined
  return { formula: terms.join(' + '), late, amount, agrees: amount === line.penalty }
}

/** The yearly rate in force on a day, percent, of a list by the day each is in force from; undefined before the first. */
export function rateOn(
  rates: readonly { from: string; percent: string }[],
  on: string,
): MeterValue | undefined {
  const known = rates.filter((rate) => rate.from <= on).sort((a, b) => (a.from < b.from ? -1 : 1))
  const last = known.at(-1)
  return last && quantity(last.percent)
}
