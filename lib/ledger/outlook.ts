import { compare, type Dial, type Standing } from '@/lib/readings/rules'
import type { MeterKind } from '@/lib/readings/words'
import type { CalendarDay } from '@/lib/units/day'
import { type Kopecks, sumKopecks } from '@/lib/units/money'
import { monthsBetween, type Period, periodOf } from '@/lib/units/period'
import { costAt, type PricePart } from '@/lib/units/price'
import { add, type MeterValue } from '@/lib/units/quantity'
import { type Dwelling, type Norm, normOf } from './norm'
import { type KnownPrices, type Priced, unitPrice } from './unit-price'

/** What an outlook needs to know of a meter; the readings page has it. */
export interface OutlookMeter extends Dial {
  id: number
  kind: MeterKind
  unit: string
  standing: Standing
  verifiedUntil: CalendarDay | null
  /** The month a reading sent now is for. */
  period: Period
  registers: readonly {
    register: number
    name: string | undefined
    previous: { value: MeterValue; period: Period } | undefined
    sent: { value: MeterValue } | undefined
    /** Use a month, on average. */
    average: MeterValue | undefined
  }[]
}

/** What a month costs by each way of reckoning, for all meters of a kind together, as norms and averages are reckoned. */
export interface KindOutlook {
  kind: MeterKind
  unit: string
  meterIds: number[]
  /** Each counter and what one unit on it costs; the counters of several meters with the same number are one. */
  counters: { register: number; name: string | undefined; price: PricePart[] | undefined }[]
  /** By the readings sent for this month; undefined until all are there. */
  sent: Priced | undefined
  average: Priced | undefined
  norm: (Priced & Norm) | undefined
  /** What it is reckoned by, should nothing be sent for this month. */
  without: 'average' | 'norm'
  /** For how many months more by the average, this one included; 0 when `without` is the norm. */
  averageLeft: number
}

/** Months without a reading that are reckoned by the average, before the norm (ПП РФ № 354 п. 59–60). */
export const AVERAGE_AT_MOST = 3

/** What a month costs, a row per kind of meters, in their order. Removed meters count for nothing. */
export function outlookOf(
  meters: readonly OutlookMeter[],
  known: KnownPrices,
  dwelling: Dwelling,
): KindOutlook[] {
  const there = meters.filter((meter) => meter.standing !== 'removed')
  const kinds = [...new Set(there.map((meter) => meter.kind))]
  return kinds.flatMap((kind) =>
    kindOutlook(
      there.filter((meter) => meter.kind === kind),
      known,
      dwelling,
    ),
  )
}

function kindOutlook(
  meters: readonly OutlookMeter[],
  known: KnownPrices,
  dwelling: Dwelling,
): KindOutlook | [] {
  const [first] = meters
  if (!first) return []
  const { kind, unit, period } = first
  const registers = new Map(meters.flatMap((meter) => meter.registers.map((one) => [one.register, one.name])))
  const counters = [...registers].sort().map(([register, name]) => ({
    register,
    name,
    price: unitPrice(first, register, known, period),
  }))
  const priced = (
    use: (meter: OutlookMeter, one: OutlookMeter['registers'][number]) => MeterValue | undefined,
  ) =>
    together(
      meters.flatMap((meter) =>
        meter.registers.map((one) => ({
          used: use(meter, one),
          price: counters.find(({ register }) => register === one.register)?.price,
        })),
      ),
    )
  const average = priced((_, one) => one.average)
  const left = average ? Math.max(AVERAGE_AT_MOST + 1 - monthsWithout(meters, period), 0) : 0
  return {
    kind,
    unit,
    meterIds: meters.map(({ id }) => id),
    counters,
    sent: priced((meter, one) => usedBy(meter, one)),
    average,
    norm: normOf(first, known, period, dwelling),
    without: left > 0 ? 'average' : 'norm',
    averageLeft: left,
  }
}

/** All counters together; undefined as soon as one has told nothing. The cost is unknown as soon as one price is. */
function together(
  counters: readonly { used: MeterValue | undefined; price: PricePart[] | undefined }[],
): Priced | undefined {
  let volume: MeterValue | undefined
  const costs: (Kopecks | undefined)[] = []
  for (const { used, price } of counters) {
    if (used === undefined) return undefined
    volume = volume === undefined ? used : add(volume, used)
    costs.push(price && costAt(used, price))
  }
  const known = costs.filter((cost) => cost !== undefined)
  return volume === undefined
    ? undefined
    : { volume, cost: known.length === costs.length ? sumKopecks(known) : undefined }
}

function usedBy(
  meter: OutlookMeter,
  { previous, sent }: OutlookMeter['registers'][number],
): MeterValue | undefined {
  const verdict = sent && compare(sent.value, previous?.value, meter)
  return verdict?.kind === 'used' || verdict?.kind === 'turned' ? verdict.used : undefined
}

/**
 * How many months in a row are without a reading that counts, if none comes for `period` either: since the last reading of
 * every meter of the kind, and no longer than its verification ran.
 */
function monthsWithout(meters: readonly OutlookMeter[], period: Period): number {
  const counted = meters.map(({ registers, verifiedUntil }) => {
    const read = registers.map(({ previous }) => previous?.period)
    const last = verifiedUntil === null ? [] : [periodOf(verifiedUntil)]
    return [...read, ...last].map((one) => (one ? monthsBetween(one, period) : Number.POSITIVE_INFINITY))
  })
  return Math.max(...counted.flat())
}
