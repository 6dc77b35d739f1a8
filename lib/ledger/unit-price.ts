import type { MeterKind } from '@/lib/readings/words'
import type { CalendarDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import { type Period, periodOf } from '@/lib/units/period'
import type { PricePart } from '@/lib/units/price'
import { divide, type MeterValue, quantity, toDecimal } from '@/lib/units/quantity'
import type { Line } from './rules'
import { metersBehind } from './sources'
import { unitWords } from './words'

/** A service of the last bill, so far as it tells a price. */
export type PricedLine = Pick<
  Line,
  | 'serviceId'
  | 'service'
  | 'unit'
  | 'volume'
  | 'tariff'
  | 'charged'
  | 'basis'
  | 'norm'
  | 'normPer'
  | 'basisCount'
>

/** A line of the list of tariffs and norms. */
export interface Listed {
  serviceId: number
  service: string
  validFrom: CalendarDay
  unit: string
  /** Roubles per unit. */
  price: MeterValue
  norm: MeterValue | null
  normPer: 'person' | 'area' | null
}

/** What is known of an account's prices: its last bill and the list of tariffs, all that was ever in force. */
export interface KnownPrices {
  bill: { period: Period; lines: readonly PricedLine[] } | undefined
  listed: readonly Listed[]
}

/** So much, and what it comes to where the price is known. */
export interface Priced {
  volume: MeterValue
  cost: Kopecks | undefined
}

/** What a meter counts. */
export interface Counted {
  kind: MeterKind
  /** What it counts in: «м³». */
  unit: string
}

/**
 * What one unit on a counter costs in a month, service by service: the services of the last bill that go by such a meter, at
 * that bill's tariffs, or at the list's where they have changed since or the bill names none. `register` undefined: whatever
 * does not go by one counter. Undefined when anything of it is not known: no roubles are better than wrong ones.
 */
export function unitPrice(
  counted: Counted,
  register: number | undefined,
  known: KnownPrices,
  month: Period,
): PricePart[] | undefined {
  const lines = (known.bill?.lines ?? []).filter((line) => goesBy(line, counted.kind, register))
  const parts = lines.map((line) => partOf(line, counted, known, month))
  return parts.length > 0 && parts.every((part) => part !== undefined) ? parts : undefined
}

/** Whether a service is reckoned by such a counter; one with nothing but an old balance is not. */
function goesBy(line: PricedLine, kind: MeterKind, register: number | undefined): boolean {
  const behind = metersBehind(line.service)
  const dead = line.tariff === null && line.charged === 0n
  return (
    !dead && behind.kinds.includes(kind) && (behind.register === undefined || behind.register === register)
  )
}

function partOf(
  line: PricedLine,
  counted: Counted,
  known: KnownPrices,
  month: Period,
): PricePart | undefined {
  const tariff = tariffOf(line, known, month)
  const unit = unitWords(line.unit || (listedIn(known.listed, line.serviceId, month)?.unit ?? ''))
  const per = unit === counted.unit ? ONE : heatPerUnit(line, unit, counted, known, month)
  if (tariff === undefined || per === undefined) return undefined
  return { service: line.service, tariff: toDecimal(tariff), per: toDecimal(per) }
}

const ONE = quantity('1')

/** The bill's tariff; the list's of the month where the bill went by the list, or tells none. */
function tariffOf(line: PricedLine, { bill, listed }: KnownPrices, month: Period): MeterValue | undefined {
  const now = listedIn(listed, line.serviceId, month)?.price
  const then = bill && listedIn(listed, line.serviceId, bill.period)?.price
  if (line.tariff === null || line.tariff === then) return now ?? line.tariff ?? undefined
  return line.tariff
}

/** What the list says of a service in a month. */
export function listedIn(listed: readonly Listed[], serviceId: number, month: Period): Listed | undefined {
  return listed
    .filter((one) => one.serviceId === serviceId && periodOf(one.validFrom) <= month)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
}

const HEAT = 'Гкал'

/** Гкал in one м³ of hot water: by the volumes of the last bill, else by the norms; undefined for any other pair of units. */
function heatPerUnit(
  heat: PricedLine,
  unit: string,
  counted: Counted,
  { bill, listed }: KnownPrices,
  month: Period,
): MeterValue | undefined {
  if (counted.kind !== 'hot_water' || unit !== HEAT) return undefined
  const water = bill?.lines.find(
    (line) => isOnly(line.service, 'hot_water') && unitWords(line.unit) === counted.unit,
  )
  const billed = ratio(heat.volume, water?.volume)
  if (billed !== undefined) return billed
  const norm = listedIn(listed, heat.serviceId, month)
  if (norm?.normPer === null && norm.norm !== null) return norm.norm
  const waterNorm = water && listedIn(listed, water.serviceId, month)
  return norm?.normPer === waterNorm?.normPer ? ratio(norm?.norm, waterNorm?.norm) : undefined
}

/** Whether a service goes by meters of this kind and no others, all counters of them. */
export function isOnly(service: string, kind: MeterKind): boolean {
  const { kinds, register } = metersBehind(service)
  return kinds.length === 1 && kinds[0] === kind && register === undefined
}

/** a ÷ b; undefined unless both are above zero and the result is. */
function ratio(a: MeterValue | null | undefined, b: MeterValue | null | undefined): MeterValue | undefined {
  if (!a || !b || a < 0n || b < 0n) return undefined
  const found = divide(a, b)
  return found > 0n ? found : undefined
}
