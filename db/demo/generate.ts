import { writeLines } from '@/lib/exchange/formats'
import { layouts } from '@/lib/exchange/layouts'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { type Kopecks, sumKopecks } from '@/lib/units/money'
import { dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { type MeterValue, toDecimal } from '@/lib/units/quantity'
import { chargesOf, type DemoCharge } from './charges'
import { type DemoMeter, metersOf, readingIn, readPeriods } from './meters'
import { services } from './tariffs'
import { demoPeriods, type Household, households } from './town'

/** A file as billing would export it. */
export interface BillingFile {
  name: string
  bytes: Buffer
}

interface Metered {
  household: Household
  meters: DemoMeter[]
}

/**
 * The files of the demo company for the 24 periods before `now`: accounts.csv, meters.csv, charges-YYYY-MM.csv, in the
 * order they are to be loaded in. The same month gives the same bytes.
 */
export function generate(now: Date): BillingFile[] {
  const { periods, town, charges } = demoTown(now)
  return [
    { name: 'accounts.csv', bytes: withTotal('accounts', town.map(accountLine)) },
    {
      name: 'meters.csv',
      bytes: withTotal(
        'meters',
        town.flatMap((home) => meterLines(home, periods)),
      ),
    },
    ...periods.map((period) => ({
      name: `charges-${period}.csv`,
      bytes: chargesFile(charges.filter((charge) => charge.period === period)),
    })),
  ]
}

/** The demo company itself, before it is written down. */
export function demoTown(now: Date): { periods: Period[]; town: Metered[]; charges: DemoCharge[] } {
  const periods = demoPeriods(now)
  const [first] = periods
  const firstDay = dayOfPeriod(periodOf(moscowDay(now)), 1)
  const homes = first ? households(first) : []
  const town = homes.map((household) => ({ household, meters: metersOf(household, periods, firstDay) }))
  const charges = town.flatMap(({ household, meters }) => chargesOf(household, meters, periods))
  return { periods, town, charges }
}

function withTotal(kind: 'accounts' | 'meters', lines: string[][]): Buffer {
  return writeLines([Object.values(layouts[kind].columns), ...lines, ['ИТОГО', String(lines.length), '']])
}

function accountLine({ household }: Metered): string[] {
  const { accountNumber, holder, address, phone, area, residents, openedOn, closedOn } = household
  const metres = `${Math.floor(area / 10)},${area % 10}`
  return [accountNumber, holder, address, phone, metres, String(residents), date(openedOn), date(closedOn)]
}

function meterLines({ household, meters }: Metered, periods: readonly Period[]): string[][] {
  return meters.flatMap((meter) => {
    const read = readPeriods(meter).map((place) => readingIn(meter, periods, place))
    const readings = read.filter((reading) => reading !== undefined)
    const about = [
      ...[household.accountNumber, meter.serial, meter.kind, meter.place],
      ...[String(meter.digitsBefore), String(meter.digitsAfter), String(meter.used.length)],
      ...[date(meter.installedOn), date(meter.removedOn), date(meter.verifiedUntil)],
    ]
    if (readings.length === 0) return [[...about, '', '', '', '']]
    return readings.map(({ takenOn, values }) => {
      const [t1, t2, t3] = values
      return [...about, date(takenOn), decimal(t1), decimal(t2), decimal(t3)]
    })
  })
}

const MONEY = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'] as const

function chargesFile(charges: readonly DemoCharge[]): Buffer {
  const lines = charges.map((charge) => [
    charge.accountNumber,
    `${charge.period.slice(5)}.${charge.period.slice(0, 4)}`,
    services[charge.service].name,
    services[charge.service].unit,
    decimal(charge.volume),
    charge.service === 'penalty' ? '' : amount(charge.tariff),
    ...MONEY.map((field) => amount(charge[field])),
  ])
  const sums = MONEY.map((field) => amount(sumKopecks(charges.map((charge) => charge[field]))))
  return writeLines([
    Object.values(layouts.charges.columns),
    ...lines,
    ['ИТОГО', String(lines.length), '', '', '', '', ...sums],
  ])
}

/** Roubles with a decimal comma and no spaces: `-1872,61`. */
function amount(value: Kopecks): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

function decimal(value: MeterValue | undefined): string {
  return value === undefined ? '' : toDecimal(value).replace('.', ',')
}

function date(value: CalendarDay | undefined): string {
  return value === undefined ? '' : value.split('-').toReversed().join('.')
}
