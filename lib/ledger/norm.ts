import type { Period } from '@/lib/units/period'
import { costAt, type PricePart } from '@/lib/units/price'
import { type MeterValue, multiply, quantity, toDecimal } from '@/lib/units/quantity'
import {
  type Counted,
  isOnly,
  type KnownPrices,
  type Listed,
  listedIn,
  type Priced,
  unitPrice,
} from './unit-price'
import { countedIn, unitWords } from './words'

/** What a norm is taken for. */
export interface Dwelling {
  residents: number | null
  /** Square metres. */
  area: MeterValue | null
}

/** So much a month for each person or square metre. */
export interface Norm {
  each: MeterValue
  count: MeterValue
  per: 'person' | 'area'
}

/**
 * What a month of a kind of meters comes to by the norm: as the last bill took it, else by the list's norm for the people or the
 * area of the dwelling; where nobody lives, its one owner counts (ПП РФ № 354 п. 56(2)). Undefined where no one norm is known.
 */
export function normOf(
  counted: Counted,
  known: KnownPrices,
  month: Period,
  dwelling: Dwelling,
): (Priced & Norm) | undefined {
  const found = billedNorm(counted, known) ?? listedNorm(counted, known, month, dwelling)
  if (!found) return undefined
  const { norm, price = unitPrice(counted, undefined, known, month) } = found
  const volume = multiply(norm.each, norm.count)
  return { ...norm, volume, cost: price && costAt(volume, price) }
}

interface Found {
  norm: Norm
  /** Undefined: what a unit costs on the last bill. */
  price?: PricePart[] | undefined
}

function billedNorm({ kind, unit }: Counted, { bill }: KnownPrices): Found | undefined {
  for (const line of bill?.lines ?? []) {
    const { basis, norm, basisCount } = line
    const per = countedIn(line)
    const fits = basis === 'norm' && isOnly(line.service, kind) && unitWords(line.unit) === unit
    if (fits && norm !== null && basisCount !== null && per)
      return { norm: { each: norm, count: basisCount, per } }
  }
  return undefined
}

/** The norm of the service on the bill; without one there, of the only one the list has. */
function listedNorm(
  counted: Counted,
  { bill, listed }: KnownPrices,
  month: Period,
  dwelling: Dwelling,
): Found | undefined {
  const billed = new Set(bill?.lines.map((line) => line.serviceId))
  const all = [...new Set(listed.map((one) => one.serviceId))]
    .flatMap((id) => listedIn(listed, id, month) ?? [])
    .filter((one) => one.norm !== null && isOnly(one.service, counted.kind))
    .filter((one) => unitWords(one.unit) === counted.unit)
  const own = all.filter((one) => billed.has(one.serviceId))
  const [only, ...others] = own.length > 0 ? own : all
  if (!only || others.length > 0) return undefined
  const norm = normFor(only, dwelling)
  if (!norm) return undefined
  return billed.has(only.serviceId) ? { norm } : { norm, price: alone(only, counted) }
}

function normFor(listed: Listed, { residents, area }: Dwelling): Norm | undefined {
  const per = countedIn({ ...listed, basis: 'norm' })
  const count = per === 'area' ? area : residents === null ? null : quantity(String(Math.max(residents, 1)))
  if (!per || listed.norm === null || count === null) return undefined
  return { each: listed.norm, count, per }
}

/** Two- and three-tariff meters go by the one tariff of the day when reckoned by the norm; water never goes without its drain. */
function alone({ service, price }: Listed, { kind }: Counted): PricePart[] | undefined {
  return kind === 'electricity' ? [{ service, tariff: toDecimal(price), per: '1' }] : undefined
}
