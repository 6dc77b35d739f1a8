import { partsOfDay } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { dayOfPeriod, periodOf } from '@/lib/units/period'
import { costOf } from '@/lib/units/price'
import { formatTariff, type Line } from './rules'
import { countedIn, measure } from './words'

/** How a charge was reckoned, as text, and the sum that gives; `agrees` when it is the one billing charged. */
export interface Formula {
  text: string
  amount: Kopecks
  agrees: boolean
}

/**
 * «6,396 м³ × 45,18 ₽», «4,3 м³ на человека × 3 чел. × 45,18 ₽»; undefined when billing gave too little to say. A norm is of a
 * whole month: of a service that began within one, the share of its days is taken, unless billing's sum is without it.
 */
export function formulaOf(line: Line): Formula | undefined {
  const { basis, norm, basisCount, volume, tariff, charged } = line
  if (tariff === null) return undefined
  const price = `${formatTariff(tariff)}\u00a0₽`
  const counted = countedIn(line)
  const [each, units] = counted === 'person' ? ['человека', 'чел.'] : ['м²', 'м²']
  if (basis === 'norm' && norm !== null && basisCount !== null) {
    const text = `${measure(norm, line.unit)} на ${each} × ${measure(basisCount, units)} × ${price}`
    const whole = told(text, costOf(norm, tariff, basisCount), charged)
    return whole.agrees || !line.chargedFrom ? whole : inShare(whole, line.chargedFrom, charged)
  }
  const count = volume ?? (counted ? basisCount : null)
  if (count === null) return undefined
  const unit = volume === null ? units : line.unit
  return told(`${measure(count, unit)} × ${price}`, costOf(count, tariff), charged)
}

function inShare(
  { text, amount }: Formula,
  from: NonNullable<Line['chargedFrom']>,
  charged: Kopecks,
): Formula {
  const month = partsOfDay(dayOfPeriod(periodOf(from), 31)).date
  const days = month - partsOfDay(from).date + 1
  const share = kopecks((amount * BigInt(days) * 2n + BigInt(month)) / BigInt(month * 2))
  return told(`${text} × ${days}/${month}`, share, charged, ROUNDED_VOLUME)
}

/** A share of a norm is rounded to a few decimals before it is multiplied by the tariff: up to a rouble apart. */
const ROUNDED_VOLUME = 100n

function told(text: string, amount: Kopecks, charged: Kopecks, allowed = 1n): Formula {
  const apart = amount - charged
  return { text, amount, agrees: apart <= allowed && apart >= -allowed }
}
