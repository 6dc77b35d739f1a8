import { type Kopecks, kopecks, sumKopecks } from './money'
import { type MeterValue, quantity } from './quantity'

/** Volume × tariff in kopecks, or norm × tariff × count; halves away from zero. */
export function costOf(volume: MeterValue, tariff: MeterValue, count: MeterValue = ONE): Kopecks {
  const product = volume * tariff * count
  const half = product < 0n ? -SCALE / 2n : SCALE / 2n
  return kopecks((product + half) / SCALE)
}

const ONE = quantity('1')
/** Three factors in ten-millionths, roubles → kopecks. */
const SCALE = 10n ** 19n

/**
 * One of the services a unit on a meter is paid for: its tariff in roubles, and how much of it a unit is (1, or Гкал for
 * one м³ of hot water). Exact decimals as text: it goes to the browser.
 */
export interface PricePart {
  service: string
  tariff: string
  per: string
}

/** What that much on a meter comes to: every service rounded to the kopeck, as on a bill. */
export function costAt(used: MeterValue, price: readonly PricePart[]): Kopecks {
  return sumKopecks(price.map(({ tariff, per }) => costOf(used, quantity(tariff), quantity(per))))
}
