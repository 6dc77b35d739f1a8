import { formatMoney } from '@/lib/units/money'
import { costAt, type PricePart } from '@/lib/units/price'
import type { MeterValue } from '@/lib/units/quantity'

/** What one unit costs, by field of the form; a field whose price is not known is not there. */
export type Prices = Readonly<Record<string, readonly PricePart[]>>

/** «≈ 438,12 ₽» of what is typed; nothing where the price is not known. */
export function Cost({ used, price }: { used: MeterValue; price: readonly PricePart[] | undefined }) {
  if (!price) return null
  return <span className="text-soft tabular-nums">{` ≈\u00a0${formatMoney(costAt(used, price))}`}</span>
}
