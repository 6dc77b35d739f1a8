import { penaltyFor } from '@/lib/ledger/penalty'
import { dueOn } from '@/lib/ledger/rules'
import { addDays, type CalendarDay } from '@/lib/units/day'
import { type Kopecks, kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import { addMonths, dayOfPeriod, type Period } from '@/lib/units/period'
import { type MeterValue, quantity } from '@/lib/units/quantity'
import type { DemoMeter } from './meters'
import { payment, spread } from './payments'
import { Random } from './random'
import { costOf, type ServiceCode, serviceCodes, tariffIn } from './tariffs'
import { type Household, isOpenIn } from './town'
import { type Use, usesIn } from './uses'

/** A line of a file of charges. */
export interface DemoCharge {
  accountNumber: string
  period: Period
  service: ServiceCode
  use: Use | undefined
  tariff: Kopecks
  opening: Kopecks
  charged: Kopecks
  recalculated: Kopecks
  benefit: Kopecks
  penalty: Kopecks
  paid: Kopecks
  closing: Kopecks
  /** What a penalty is for. */
  late: Lateness | undefined
}

/** A debt, how many days it is late, and the yearly rate its penalty is reckoned from, percent. */
interface Lateness {
  debt: Kopecks
  days: number
  rate: MeterValue
}

const PRIVILEGED: readonly ServiceCode[] = [
  'cold',
  'hot',
  'drain',
  'heat',
  'power',
  'powerDay',
  'powerNight',
  'waste',
]

/** The charges of a household over all periods, its balances carried from one to the next. */
export function chargesOf(
  household: Household,
  meters: readonly DemoMeter[],
  periods: readonly Period[],
): DemoCharge[] {
  const random = new Random(0x0c4a_0000 + household.index)
  const last = periods.length - 1
  let balances: Balances = new Map()
  let billed = ZERO
  return periods.flatMap((period, place) => {
    const uses = isOpenIn(household, period) ? usesIn(household, meters, periods, place) : new Map()
    // The first file starts with the bill of the month before it, about the same.
    if (place === 0)
      balances = new Map([...uses].map(([code, use]) => [code, costOf(use.volume, tariffIn(code, period))]))
    const owed = sumKopecks(balances.values())
    const paid = spread(payment(household.habit, owed, place, last, random), balances, 'upkeep')
    const late = place === 0 ? undefined : lateness(kopecks(owed - billed), period)
    const rows = serviceCodes.flatMap((service) => {
      const stated = { opening: balances.get(service) ?? ZERO, paid: paid.get(service) ?? ZERO, late }
      return row(household, period, service, uses.get(service), stated, place === last, random) ?? []
    })
    balances = new Map(rows.map(({ service, closing }) => [service, closing]))
    billed = sumKopecks(
      rows.map(({ charged, recalculated, benefit }) => kopecks(charged + recalculated - benefit)),
    )
    return rows
  })
}

type Balances = Map<ServiceCode, Kopecks>

/** One service in one period; undefined when there is nothing to say. */
function row(
  { accountNumber, privileged, away }: Household,
  period: Period,
  service: ServiceCode,
  use: Use | undefined,
  stated: { opening: Kopecks; paid: Kopecks; late: Lateness | undefined },
  newest: boolean,
  random: Random,
): DemoCharge | undefined {
  const { opening, paid } = stated
  const tariff = tariffIn(service, period)
  const charged = use === undefined ? ZERO : costOf(use.volume, tariff)
  const slip = random.chance(0.004) ? kopecks(-charged / BigInt(random.int(2, 5))) : ZERO
  const recalculated = away && newest && service === 'waste' ? kopecks(-charged / 2n) : slip
  const benefit = privileged && PRIVILEGED.includes(service) ? kopecks((charged + 1n) / 2n) : ZERO
  const late = service === 'penalty' ? stated.late : undefined
  const penalty = late ? penaltyFor(late.debt, late.days, late.rate) : ZERO
  const closing = kopecks(opening + charged + recalculated + penalty - benefit - paid)
  if (use === undefined && opening === 0n && penalty === 0n && paid === 0n) return undefined
  const amounts = { opening, charged, recalculated, benefit, penalty, paid, closing }
  return { accountNumber, period, service, use, tariff, ...amounts, late }
}

const SMALL_DEBT = 30_000n
/** At most this a year until 2027-01-01, however high the key rate is (ЖК РФ ст. 155 §14). */
const RATE = quantity('9.5')
const DUE_DAY = 15

/** What is owed from the bill before the last one, late by the end of the period; small debts are let be. */
function lateness(debt: Kopecks, period: Period): Lateness | undefined {
  if (debt < SMALL_DEBT) return undefined
  const due = dueOn(addMonths(period, -2), DUE_DAY)
  return { debt, days: daysBetween(due, dayOfPeriod(period, 31)), rate: RATE }
}

function daysBetween(from: CalendarDay, to: CalendarDay): number {
  let days = 0
  for (let at = from; at < to; at = addDays(at, 1)) days += 1
  return days
}
