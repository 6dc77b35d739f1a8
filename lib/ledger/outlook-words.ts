import { formatMoney } from '@/lib/units/money'
import { costAt, type PricePart } from '@/lib/units/price'
import { quantity } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'
import type { KindOutlook } from './outlook'
import { formatTariff } from './rules'
import type { Priced } from './unit-price'
import { lowerFirst, measure } from './words'

/** «6,4 м³ — 467,03 ₽»; the volume alone where the price is not known. */
export function pricedWords({ volume, cost }: Priced, unit: string): string {
  const words = measure(volume, unit)
  return cost === undefined ? words : `${words} — ${formatMoney(cost)}`
}

/** «76,94 ₽ за м³: холодное водоснабжение 45,18 ₽, водоотведение 31,76 ₽». */
export function priceWords(price: readonly PricePart[], unit: string): string {
  const whole = `${formatMoney(costAt(ONE, price))} за\u00a0${unit}`
  const parts = price.map(({ service, tariff, per }) => {
    const each = `${formatTariff(quantity(tariff))}\u00a0₽`
    return `${lowerFirst(service)} ${per === '1' ? each : `${measure(quantity(per), 'Гкал')} × ${each}`}`
  })
  return price.length === 1 && price[0]?.per === '1' ? whole : `${whole}: ${parts.join(', ')}`
}

const ONE = quantity('1')

/** «2 месяца»: for how long the average goes on. */
export function averageMonths(left: number): string {
  return plural(left, ['месяц', 'месяца', 'месяцев'])
}

const subjects: Record<KindOutlook['kind'], string> = {
  cold_water: 'холодную воду',
  hot_water: 'горячую воду',
  electricity: 'электричество',
  heat: 'тепло',
  gas: 'газ',
}

/** What an expired meter's months cost now: «Начисляем по среднему 6,4 м³ — 467,03 ₽ в месяц, ещё 2 месяца, потом по нормативу …» */
export function expiredCostWords({ unit, average, norm, without, averageLeft }: KindOutlook): string {
  const byNorm = norm ? `по нормативу ${pricedWords(norm, unit)}` : 'по нормативу'
  return without === 'average' && average
    ? `Начисляем по среднему ${pricedWords(average, unit)} в месяц, ещё ${averageMonths(averageLeft)}, потом ${byNorm}.`
    : `Начисляем ${byNorm}${norm ? ' в месяц' : ''}.`
}

/**
 * What a month will cost once the verification of a meter has run out: «Если не поверить, холодную воду начислим по среднему
 * 6,4 м³ — 467,03 ₽ в месяц, через 3 месяца по нормативу 13,6 м³ — 993,00 ₽.» Undefined where no sum is known.
 */
export function verificationCostWords({ kind, unit, average, norm }: KindOutlook): string | undefined {
  const head = `Если не поверить, ${subjects[kind]} будем начислять`
  const byNorm = norm && `по нормативу ${pricedWords(norm, unit)}`
  if (average?.cost !== undefined)
    return `${head} по среднему ${pricedWords(average, unit)} в месяц, через 3 месяца ${byNorm ?? 'по нормативу'}.`
  return norm?.cost === undefined ? undefined : `${head} ${byNorm} в месяц.`
}
