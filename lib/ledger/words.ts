import { formatMoney, type Kopecks, kopecks } from '@/lib/units/money'
import { formatQuantity, type MeterValue, quantity } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'
import type { Basis, Line } from './rules'

const bases: Record<Basis, string> = {
  meter: 'по счётчику',
  norm: 'по нормативу',
  average: 'по среднему за прошлые месяцы',
  area: 'по площади',
  people: 'по числу проживающих',
}

/** «по счётчику». */
export function basisWords(basis: Basis): string {
  return bases[basis]
}

const units: readonly (readonly [RegExp, string])[] = [
  [/^(куб\.?\s?м\.?|м3|м\.куб\.?)$/i, 'м³'],
  [/^(кв\.?\s?м\.?|м2|м\.кв\.?)$/i, 'м²'],
  [/^(квт[·.*\s]?ч\.?)$/i, 'кВт·ч'],
  [/^(чел\.?|человек)$/i, 'чел.'],
]

/** A unit as people write it: billing's «куб.м» is «м³»; one that is not known stays. */
export function unitWords(unit: string): string {
  return units.find(([pattern]) => pattern.test(unit.trim()))?.[1] ?? unit.trim()
}

/** What a charge is counted by beside the volume: people living there or square metres; undefined when by neither. */
export function countedIn(
  line: Pick<Line, 'basis' | 'normPer' | 'service' | 'unit'>,
): 'person' | 'area' | undefined {
  const unit = unitWords(line.unit)
  if (line.basis === 'people' || unit === 'чел.') return 'person'
  if (line.basis === 'area' || unit === 'м²') return 'area'
  if (line.basis !== 'norm') return undefined
  return line.normPer ?? (/[Оо]топлени|[Сс]одержани|СОИ|ОДН/.test(line.service) ? 'area' : 'person')
}

/** «6,396 м³». */
export function measure(value: MeterValue, unit: string): string {
  const words = unitWords(unit)
  return words ? `${formatQuantity(value)}\u00a0${words}` : formatQuantity(value)
}

/** «начислено 288,97 · перерасчёт −28,90 · льгота −14,00»; undefined when nothing but the charge itself stands there. */
export function partsWords(
  line: Pick<Line, 'service' | 'charged' | 'recalculated' | 'penalty' | 'benefit'>,
): string | undefined {
  const parts = [
    ['начислено', line.charged],
    ['перерасчёт', line.recalculated],
    ['пени', line.penalty],
    ['льгота', kopecks(-line.benefit)],
  ] as const
  const shown = parts.filter(([, amount]) => amount !== 0n)
  const own = lowerFirst(line.service)
  if (shown.every(([name]) => name === 'начислено' || name === own)) return undefined
  return shown.map(([name, amount]) => `${name} ${formatMoney(amount)}`).join(' · ')
}

/** «+312,40 ₽», «−48,10 ₽»; nothing for zero but the amount. */
export function signed(amount: Kopecks): string {
  return `${amount > 0n ? '+' : ''}${formatMoney(amount)}`
}

/** «отопление, началось 5 октября»: a cause with the service it belongs to. */
export function causeOf(service: string, words: string): string {
  const name = lowerFirst(service)
  return words.startsWith(name) ? words : `${name}, ${words}`
}

/** «Отопление» → «отопление»; «КР на СОИ» stays. */
export function lowerFirst(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** «человек», «2 человека», «5 человек»: how many more or fewer. */
export function people(count: MeterValue): string {
  if (count === quantity('1')) return 'человека'
  const whole = Number(formatQuantity(count))
  return Number.isInteger(whole)
    ? plural(whole, ['человека', 'человека', 'человек'])
    : `${formatQuantity(count)} человека`
}
