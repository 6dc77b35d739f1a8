import { type Kopecks, kopecks } from '@/lib/units/money'
import { costOf } from '@/lib/units/price'
import { wordsOf } from './explain-words'
import type { Line } from './rules'

/** What made a service dearer or cheaper than the month before. */
export type Cause =
  | 'began'
  | 'ended'
  | 'volume'
  | 'tariff'
  | 'otherwise'
  | 'recalculation'
  | 'benefit'
  | 'penalty'

/** One cause of a difference: how much of it, and in words: «тариф вырос с 41,15 до 45,18 ₽». */
export interface Part {
  cause: Cause
  amount: Kopecks
  words: string
}

/**
 * Why a service came to another sum than the month before; undefined stands for a month without it. The parts add up
 * to the difference of what both months came to, to the kopeck; none when every figure is the same.
 */
export function explain(now: Line | undefined, before: Line | undefined): Part[] {
  const differ = (key: 'charged' | 'recalculated' | 'benefit' | 'penalty') =>
    kopecks((now?.[key] ?? 0n) - (before?.[key] ?? 0n))
  const amounts: (readonly [Cause, Kopecks])[] = [
    ...ofCharged(now, before),
    ['recalculation', differ('recalculated')],
    ['penalty', differ('penalty')],
    ['benefit', kopecks(-differ('benefit'))],
  ]
  return amounts
    .filter(([, amount]) => amount !== 0n)
    .map(([cause, amount]) => ({ cause, amount, words: wordsOf(cause, amount, now, before) }))
}

function ofCharged(now: Line | undefined, before: Line | undefined): (readonly [Cause, Kopecks])[] {
  const [to, from] = [now?.charged ?? 0n, before?.charged ?? 0n]
  if (from === 0n && (now?.chargedFrom || (before?.volume ?? null) === null)) return [['began', kopecks(to)]]
  if (to === 0n && (now?.volume ?? null) === null) return [['ended', kopecks(-from)]]
  if (!now || !before) return [['otherwise', kopecks(to - from)]]
  const { volume, tariff, otherwise } = splitCharge(now, before)
  return [
    ['volume', volume],
    ['tariff', tariff],
    ['otherwise', otherwise],
  ]
}

/** A difference of two charges by what caused it. */
export interface Split {
  /** More or less was used; at the earlier tariff. */
  volume: Kopecks
  /** The price changed; of the later volume. */
  tariff: Kopecks
  /** What volume × tariff does not tell. */
  otherwise: Kopecks
}

type Priced = Pick<Line, 'charged' | 'unit' | 'volume' | 'tariff'>

/** Of kopecks lost or won by rounding, as many as two rounded sums may hide. */
const ROUNDING = 2n

/**
 * Splits the difference of two charges: the change of volume at the earlier tariff, the change of tariff at the later
 * volume, and what is left. The three add up to the difference to the kopeck; rounding goes with the tariff, else with the volume.
 */
export function splitCharge(now: Priced, before: Priced): Split {
  const all = now.charged - before.charged
  const { volume: to, tariff: price } = now
  const { volume: from, tariff: oldPrice } = before
  if (to === null || from === null || price === null || oldPrice === null || now.unit !== before.unit)
    return split(0n, 0n, all)
  const between = costOf(to, oldPrice)
  const volume = between - costOf(from, oldPrice)
  const tariff = costOf(to, price) - between
  const left = all - volume - tariff
  if (left > ROUNDING || left < -ROUNDING) return split(volume, tariff, left)
  if (price !== oldPrice) return split(volume, tariff + left, 0n)
  return to === from ? split(0n, 0n, left) : split(volume + left, 0n, 0n)
}

function split(volume: bigint, tariff: bigint, otherwise: bigint): Split {
  return { volume: kopecks(volume), tariff: kopecks(tariff), otherwise: kopecks(otherwise) }
}
