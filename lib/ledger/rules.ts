import type { CalendarDay } from '@/lib/units/day'
import { type Kopecks, kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import { addMonths, dayOfPeriod, type Period } from '@/lib/units/period'
import { formatQuantity, type MeterValue } from '@/lib/units/quantity'
import { nextWorkingDayOnOrAfter } from '@/lib/units/workdays'

/** The figures of a bill, or of one service in it, as billing stated them. */
export interface Figures {
  opening: Kopecks
  charged: Kopecks
  recalculated: Kopecks
  benefit: Kopecks
  penalty: Kopecks
  paid: Kopecks
  closing: Kopecks
}

const keys = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'] as const

/** What the month came to: charged + recalculated + penalty − benefit. */
export function accrued(of: Pick<Figures, 'charged' | 'recalculated' | 'penalty' | 'benefit'>): Kopecks {
  return kopecks(of.charged + of.recalculated + of.penalty - of.benefit)
}

/** Whether opening + charged + recalculated + penalty − benefit − paid = closing. */
export function addsUp(of: Figures): boolean {
  return of.opening + accrued(of) - of.paid === of.closing
}

/** Figures of several services together. */
export function totalOf(rows: readonly Figures[]): Figures {
  const sums = keys.map((key) => [key, sumKopecks(rows.map((row) => row[key]))] as const)
  return { ...nothing, ...Object.fromEntries(sums) }
}

const nothing: Figures = {
  opening: ZERO,
  charged: ZERO,
  recalculated: ZERO,
  benefit: ZERO,
  penalty: ZERO,
  paid: ZERO,
  closing: ZERO,
}

/** A balance in words; the amount is never negative: an overpayment is called so. */
export interface BalanceState {
  kind: 'owed' | 'overpaid' | 'even'
  words: 'К оплате' | 'Переплата' | 'Долга нет'
  amount: Kopecks
}

/** What a balance means: above zero is owed to the company, below zero is overpaid. */
export function stateOf(balance: Kopecks): BalanceState {
  if (balance > 0n) return { kind: 'owed', words: 'К оплате', amount: balance }
  if (balance < 0n) return { kind: 'overpaid', words: 'Переплата', amount: kopecks(-balance) }
  return { kind: 'even', words: 'Долга нет', amount: ZERO }
}

/** By when the bill of a period is paid: that day of the following month; a day off moves it to the next working day. */
export function dueOn(period: Period, dueDay: number): CalendarDay {
  return nextWorkingDayOnOrAfter(dayOfPeriod(addMonths(period, 1), dueDay))
}

/** Whether something is still owed after the last day to pay. */
export function isOverdue(balance: Kopecks, due: CalendarDay, today: CalendarDay): boolean {
  return balance > 0n && today > due
}

/** How much more (below zero: less) than the month before; undefined when there is no month before. */
export function difference(now: Kopecks, before: Kopecks | undefined): Kopecks | undefined {
  return before === undefined ? undefined : kopecks(now - before)
}

/** What a volume was reckoned by: a meter, the norm, an average of earlier months, the area, the people living there. */
export type Basis = 'meter' | 'norm' | 'average' | 'area' | 'people'

/** One service of one month as billing stated it. */
export interface Line extends Figures {
  serviceId: number
  service: string
  unit: string
  volume: MeterValue | null
  /** Roubles per unit. */
  tariff: MeterValue | null
  basis: Basis | null
  /** Units for one person or one square metre. */
  norm: MeterValue | null
  /** What one norm is for, where the list of tariffs says so. */
  normPer: 'person' | 'area' | null
  /** People or square metres. */
  basisCount: MeterValue | null
  /** The day of the month the service began on. */
  chargedFrom: CalendarDay | null
  /** Of a penalty: the debt, the days, the yearly rate in percent. */
  penaltyBase: Kopecks | null
  penaltyDays: number | null
  penaltyRate: MeterValue | null
}

/** A tariff in roubles as a bill prints it: at least two decimals, all that billing gave. */
export function formatTariff(tariff: MeterValue): string {
  const text = formatQuantity(tariff)
  const [whole, rest = ''] = text.split(',')
  return rest.length >= 2 ? text : `${whole},${rest.padEnd(2, '0')}`
}
