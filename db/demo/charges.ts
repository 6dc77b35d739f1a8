import { type Kopecks, kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { add, type MeterValue, quantity } from '@/lib/units/quantity'
import type { DemoMeter } from './meters'
import { payment, spread } from './payments'
import { Random } from './random'
import { costOf, heatFor, milli, type ServiceCode, services, tariffIn } from './tariffs'
import { type Household, isOpenIn } from './town'

/** A line of a file of charges. */
export interface DemoCharge {
  accountNumber: string
  period: Period
  service: ServiceCode
  volume: MeterValue | undefined
  tariff: Kopecks
  opening: Kopecks
  charged: Kopecks
  recalculated: Kopecks
  benefit: Kopecks
  penalty: Kopecks
  paid: Kopecks
  closing: Kopecks
}

const PRIVILEGED: readonly ServiceCode[] = [
  'cold',
  'hot',
  'drain',
  'heat',
  'power',
  'powerDay',
  'powerNight',
  'waste',
]

/** The charges of a household over all periods, its balances carried from one to the next. */
export function chargesOf(
  household: Household,
  meters: readonly DemoMeter[],
  periods: readonly Period[],
): DemoCharge[] {
  const random = new Random(0x0c4a_0000 + household.index)
  const last = periods.length - 1
  let balances: Balances = new Map()
  let billed = ZERO
  return periods.flatMap((period, place) => {
    const volumes = isOpenIn(household, period) ? volumesIn(household, meters, period, place) : new Map()
    // The first file starts with the bill of the month before it, about the same.
    if (place === 0)
      balances = new Map([...volumes].map(([code, volume]) => [code, costOf(volume, tariffIn(code, period))]))
    const owed = sumKopecks(balances.values())
    const paid = spread(payment(household.habit, owed, place, last, random), balances, 'upkeep')
    const penalty = place === 0 ? ZERO : penaltyOn(kopecks(owed - billed))
    const rows = codes.flatMap((service) => {
      const stated = { opening: balances.get(service) ?? ZERO, paid: paid.get(service) ?? ZERO, penalty }
      return row(household, period, service, volumes.get(service), stated, random) ?? []
    })
    balances = new Map(rows.map(({ service, closing }) => [service, closing]))
    billed = sumKopecks(
      rows.map(({ charged, recalculated, benefit }) => kopecks(charged + recalculated - benefit)),
    )
    return rows
  })
}

type Balances = Map<ServiceCode, Kopecks>
type Volumes = Map<ServiceCode, MeterValue>
const codes = Object.keys(services).filter((code): code is ServiceCode => code in services)

/** One service in one period; undefined when there is nothing to say. */
function row(
  { accountNumber, privileged }: Household,
  period: Period,
  service: ServiceCode,
  volume: MeterValue | undefined,
  stated: { opening: Kopecks; paid: Kopecks; penalty: Kopecks },
  random: Random,
): DemoCharge | undefined {
  const { opening, paid } = stated
  const tariff = tariffIn(service, period)
  const charged = volume === undefined ? ZERO : costOf(volume, tariff)
  const recalculated = random.chance(0.004) ? kopecks(-charged / BigInt(random.int(2, 5))) : ZERO
  const benefit = privileged && PRIVILEGED.includes(service) ? kopecks((charged + 1n) / 2n) : ZERO
  const penalty = service === 'penalty' ? stated.penalty : ZERO
  const closing = kopecks(opening + charged + recalculated + penalty - benefit - paid)
  if (volume === undefined && opening === 0n && penalty === 0n && paid === 0n) return undefined
  const amounts = { opening, charged, recalculated, benefit, penalty, paid, closing }
  return { accountNumber, period, service, volume, tariff, ...amounts }
}

/** For a debt older than a month: 30 days of 1/300 of 9.5 % a year, half up; small debts are let be. */
function penaltyOn(overdue: Kopecks): Kopecks {
  return overdue < 30_000n ? ZERO : kopecks((overdue * 95n + 5_000n) / 10_000n)
}

/** What is charged for in a period and how much of it. */
function volumesIn(
  household: Household,
  meters: readonly DemoMeter[],
  period: Period,
  place: number,
): Volumes {
  const used = (kind: DemoMeter['kind'], register = 0) => usedBy(meters, kind, register, place)
  // Norms of those without meters: cold 4,3 and hot 3,1 m³, electricity 90 kWh a person.
  const cold = used('Холодная вода') ?? milli(4_300 * household.residents)
  const hot = used('Горячая вода') ?? milli(3_100 * household.residents)
  const volumes: Volumes = new Map([
    ['cold', cold],
    ['hot', hot],
    ['drain', add(cold, hot)],
  ])
  const heat = heatFor(household.area, period)
  if (heat) volumes.set('heat', heat)
  const [day, night] = [used('Электроэнергия'), used('Электроэнергия', 1)]
  volumes.set(night ? 'powerDay' : 'power', day ?? quantity(String(90 * household.residents)))
  if (night) volumes.set('powerNight', night)
  volumes.set('waste', quantity(String(household.residents)))
  volumes.set('upkeep', milli(household.area * 100))
  volumes.set(household.municipal ? 'rent' : 'repair', milli(household.area * 100))
  return volumes
}

function usedBy(
  meters: readonly DemoMeter[],
  kind: DemoMeter['kind'],
  register: number,
  place: number,
): MeterValue | undefined {
  const uses = meters.filter((meter) => meter.kind === kind).map((meter) => meter.used[register]?.[place])
  const known = uses.filter((used) => used !== undefined)
  return known.length ? known.reduce((sum, used) => add(sum, used)) : undefined
}
