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
/** All of them, in the order of a bill. */
export const serviceCodes = Object.keys(services).filter((code): code is ServiceCode => code in services)

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

/** Norms of those without a meter: units for one person a month; heat for one square metre a month of the season. */
export const norms = {
  cold: { value: quantity('4.3'), per: 'человека' },
  hot: { value: quantity('3.1'), per: 'человека' },
  drain: { value: quantity('7.4'), per: 'человека' },
  power: { value: quantity('90'), per: 'человека' },
  heat: { value: quantity('0.0222'), per: 'кв.м' },
} as const
export type NormedService = keyof typeof norms

/** The norm of a service; undefined when it has none. */
export function normOf(service: ServiceCode): (typeof norms)[NormedService] | undefined {
  const known: Partial<Record<ServiceCode, (typeof norms)[NormedService]>> = norms
  return known[service]
}

/** The heating season begins on this day of October and ends with April. */
export const HEATING_BEGINS = 5
const HEATED = ['10', '11', '12', '01', '02', '03', '04']

/** Whether dwellings are heated in a period. */
export function isHeated(period: Period): boolean {
  return HEATED.includes(period.slice(5))
}

/** `value` × `by` ÷ `of`, rounded half up to so many decimals. */
export function proportion(value: MeterValue, by: bigint, of: bigint, decimals: number): MeterValue {
  const step = 10n ** BigInt(7 - decimals)
  const divisor = of * step
  const steps = (value * by * 2n + divisor) / (divisor * 2n)
  return tenMillionths(steps * step)
}

/** A number of thousandths as a quantity. */
export function milli(thousandths: number): MeterValue {
  return tenMillionths(BigInt(thousandths) * 10_000n)
}

function tenMillionths(count: bigint): MeterValue {
  return quantity(`${count / 10_000_000n}.${(count % 10_000_000n).toString().padStart(7, '0')}`)
}
