import type { NightResult } from '@/lib/readings/night'
import { formatQuantity, quantity, roundTo } from '@/lib/units/quantity'

const TENTH = quantity('0.1')

/** «1,3 литра в час»; less than a tenth is told so, not as nothing. */
export function litresWords({ used, perHour }: NightResult): string {
  if (used === 0n) return '0 литров в час'
  return perHour < TENTH ? 'меньше 0,1 литра в час' : `${formatQuantity(roundTo(perHour, 1))} л в час`
}

/** «около 0,9 м³». */
export function perMonthWords({ perMonth }: NightResult): string {
  return perMonth < TENTH ? 'меньше 0,1\u00a0м³' : `около ${formatQuantity(roundTo(perMonth, 1))}\u00a0м³`
}
