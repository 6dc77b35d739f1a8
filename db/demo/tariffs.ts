import { type Kopecks, kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { type MeterValue, quantity } from '@/lib/units/quantity'

/** The services of the demo company: unit as billing prints it and price from July 2026 in kopecks per unit. */
export const services = {
  cold: { name: 'Холодное водоснабжение', unit: 'куб.м', price: 4518n },
  hot: { name: 'Горячее водоснабжение', unit: 'куб.м', price: 17844n },
  drain: { name: 'Водоотведение', unit: 'куб.м', price: 3176n },
  heat: { name: 'Отопление', unit: 'Гкал', price: 194620n },
  power: { name: 'Электроснабжение', unit: 'кВт·ч', price: 462n },
  powerDay: { name: 'Электроснабжение (день)', unit: 'кВт·ч', price: 512n },
  powerNight: { name: 'Электроснабжение (ночь)', unit: 'кВт·ч', price: 268n },
  waste: { name: 'Обращение с ТКО', unit: 'чел.', price: 11274n },
  upkeep: { name: 'Содержание жилого помещения', unit: 'кв.м', price: 2190n },
  repair: { name: 'Взнос на капремонт', unit: 'кв.м', price: 1052n },
  rent: { name: 'Наём', unit: 'кв.м', price: 874n },
  penalty: { name: 'Пени', unit: '', price: 0n },
} as const
export type ServiceCode = keyof typeof services

const YEARLY = 1098n

/** Kopecks per unit in a period: prices rise by 9.8 % every July, rounded half up to the kopeck. */
export function tariffIn(service: ServiceCode, period: Period): Kopecks {
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5))]
  let price: bigint = services[service].price
  const julys = (month >= 7 ? year : year - 1) - 2026
  for (let past = julys; past < 0; past += 1) price = (price * 1000n + YEARLY / 2n) / YEARLY
  for (let coming = julys; coming > 0; coming -= 1) price = (price * YEARLY + 500n) / 1000n
  return kopecks(price)
}

/** Volume × price, rounded half up to the kopeck. */
export function costOf(volume: MeterValue, price: Kopecks): Kopecks {
  return kopecks((volume * price * 2n + 10_000_000n) / 20_000_000n)
}

// Heat for a square metre by month, Gcal; none outside the season.
const heatNorms = new Map([
  ['10', '0.0165'],
  ['11', '0.0241'],
  ['12', '0.0268'],
  ['01', '0.0285'],
  ['02', '0.0262'],
  ['03', '0.0214'],
  ['04', '0.0131'],
])

/** Gcal a dwelling is charged for in a period; undefined outside the heating season. `area` in tenths of a square metre. */
export function heatFor(area: number, period: Period): MeterValue | undefined {
  const norm = heatNorms.get(period.slice(5))
  if (!norm) return undefined
  const gcal = ((BigInt(area) * quantity(norm)) / 10n + 500n) / 1000n
  return quantity(`${gcal / 10_000n}.${(gcal % 10_000n).toString().padStart(4, '0')}`)
}

/** A number of thousandths as a quantity. */
export function milli(thousandths: number): MeterValue {
  return quantity(`${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`)
}
