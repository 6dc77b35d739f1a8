import type { CalendarDay } from '@/lib/units/day'
import { dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { add, type MeterValue, quantity } from '@/lib/units/quantity'
import type { DemoMeter } from './meters'
import {
  HEATING_BEGINS,
  isHeated,
  milli,
  type NormedService,
  norms,
  proportion,
  type ServiceCode,
} from './tariffs'
import type { Household } from './town'

/** How much of a service a dwelling is charged for in a period, and how that was found. */
export interface Use {
  volume: MeterValue
  /** Undefined when it is of several parts that were found differently. */
  basis: 'счётчик' | 'норматив' | 'среднее' | 'площадь' | 'люди' | undefined
  norm?: MeterValue
  /** People or square metres. */
  count?: MeterValue
  /** The day the service began on, when it did not run the whole month. */
  from?: CalendarDay
}

type Uses = Map<ServiceCode, Use>

/** What an open household is charged for in a period. `place`: the number of the period. */
export function usesIn(
  household: Household,
  meters: readonly DemoMeter[],
  periods: readonly Period[],
  place: number,
): Uses {
  const period = periods[place]
  if (!period) return new Map()
  // Where nobody lives, its one owner counts (ПП РФ 354 §56(2)).
  const heads = Math.max(household.residents, 1)
  const metered = (kind: DemoMeter['kind'], register = 0) =>
    meteredUse(meters, kind, register, periods, place)
  const cold = metered('Холодная вода') ?? byNorm('cold', heads)
  const hot = metered('Горячая вода') ?? byNorm('hot', heads)
  const uses: Uses = new Map([
    ['cold', cold],
    ['hot', hot],
    ['drain', drained(cold, hot, heads)],
  ])
  if (isHeated(period)) uses.set('heat', heating(household.area, period))
  const [power, night] = [metered('Электроэнергия'), metered('Электроэнергия', 1)]
  uses.set(night ? 'powerDay' : 'power', power ?? byNorm('power', heads))
  if (night) uses.set('powerNight', night)
  const people = quantity(String(heads))
  uses.set('waste', { volume: people, basis: 'люди', count: people })
  const area = milli(household.area * 100)
  for (const code of ['upkeep', household.municipal ? 'rent' : 'repair'] as const)
    uses.set(code, { volume: area, basis: 'площадь', count: area })
  return uses
}

const MOST_AVERAGED = 3
const AVERAGE_OF = 6

/**
 * By the meters of a kind; while one of them was not read or its verification is over, by the average of up to six
 * months before, for three months. Undefined without meters and after that: then it is the norm.
 */
function meteredUse(
  meters: readonly DemoMeter[],
  kind: DemoMeter['kind'],
  register: number,
  periods: readonly Period[],
  place: number,
): Use | undefined {
  const own = meters.filter((meter) => meter.kind === kind)
  const there = (at: number) => own.filter((meter) => meter.used[register]?.[at] !== undefined)
  const counted = (at: number) => {
    const found = there(at)
    return found.length > 0 && found.every((meter) => isCounted(meter, periods, at))
  }
  const total = (at: number) =>
    there(at).reduce((sum, meter) => add(sum, meter.used[register]?.[at] ?? NOTHING), NOTHING)
  if (there(place).length === 0) return undefined
  if (counted(place)) return { volume: total(place), basis: 'счётчик' }
  const last = periods.findLastIndex((_, at) => at < place && counted(at))
  if (last < 0 || place - last > MOST_AVERAGED) return undefined
  const before = periods.flatMap((_, at) => (at <= last && counted(at) ? [total(at)] : [])).slice(-AVERAGE_OF)
  const decimals = Math.max(...there(place).map((meter) => meter.digitsAfter))
  const sum = before.reduce((all, one) => add(all, one), NOTHING)
  return { volume: proportion(sum, 1n, BigInt(before.length), decimals), basis: 'среднее' }
}

const NOTHING = quantity('0')

/** Whether somebody read it and its verification was not over yet. */
function isCounted(meter: DemoMeter, periods: readonly Period[], place: number): boolean {
  const lastRead = (meter.used[0] ?? []).findLastIndex((used) => used !== undefined) - meter.unread
  return place <= lastRead && (periods[place] ?? '') <= periodOf(meter.verifiedUntil)
}

/** So many units for each person. */
function byNorm(service: NormedService, people: number): Use {
  const norm = norms[service].value
  const count = quantity(String(people))
  return { volume: proportion(norm, BigInt(people), 1n, 3), basis: 'норматив', norm, count }
}

/** What came in goes out. */
function drained(cold: Use, hot: Use, people: number): Use {
  if (cold.basis === 'норматив' && hot.basis === 'норматив') return byNorm('drain', people)
  const volume = add(cold.volume, hot.volume)
  const bases = new Set([cold.basis, hot.basis])
  if (bases.has('норматив')) return { volume, basis: undefined }
  return { volume, basis: bases.has('среднее') ? 'среднее' : 'счётчик' }
}

/** By the norm for a square metre; in October only for the days from the beginning of the season. `area` in tenths of a square metre. */
function heating(area: number, period: Period): Use {
  const norm = norms.heat.value
  const month: Use = {
    volume: proportion(norm, BigInt(area), 10n, 5),
    basis: 'норматив',
    norm,
    count: milli(area * 100),
  }
  if (!period.endsWith('-10')) return month
  const days = Number(dayOfPeriod(period, 31).slice(8))
  const heated = BigInt(days - HEATING_BEGINS + 1)
  return {
    ...month,
    volume: proportion(norm, BigInt(area) * heated, 10n * BigInt(days), 5),
    from: dayOfPeriod(period, HEATING_BEGINS),
  }
}
