import { writeLines } from '@/lib/exchange/files/write'
import { layouts } from '@/lib/exchange/layouts'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { type Kopecks, sumKopecks } from '@/lib/units/money'
import { dayOfPeriod, type Period, period, periodOf } from '@/lib/units/period'
import { type MeterValue, toDecimal } from '@/lib/units/quantity'
import { chargesOf, type DemoCharge } from './charges'
import { type DemoMeter, metersOf, readingIn, readPeriods } from './meters'
import { type DemoPayment, registerOf } from './register'
import { normOf, serviceCodes, services, tariffIn } from './tariffs'
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
 * The files of the demo company for the 24 periods before `now`: accounts.csv, meters.csv, tariffs.csv,
 * charges-YYYY-MM.csv, payments-register.csv, in the order they are to be loaded in. The same month gives the same bytes.
 */
export function generate(now: Date): BillingFile[] {
  const { periods, town, charges, payments } = demoTown(now)
  const meters = town.flatMap((home) => meterLines(home, periods))
  return [
    { name: 'accounts.csv', bytes: withTotal('accounts', town.map(accountLine)) },
    { name: 'meters.csv', bytes: withTotal('meters', meters) },
    { name: 'tariffs.csv', bytes: withTotal('tariffs', tariffLines(periods)) },
    ...periods.map((period) => ({
      name: `charges-${period}.csv`,
      bytes: chargesFile(charges.filter((charge) => charge.period === period)),
    })),
    { name: 'payments-register.csv', bytes: paymentsFile(payments) },
  ]
}

/** The demo company itself, before it is written down. */
export function demoTown(now: Date): {
  periods: Period[]
  town: Metered[]
  charges: DemoCharge[]
  payments: DemoPayment[]
} {
  const periods = demoPeriods(now)
  const [first] = periods
  const firstDay = dayOfPeriod(periodOf(moscowDay(now)), 1)
  const homes = first ? households(first) : []
  const town = homes.map((household) => ({ household, meters: metersOf(household, periods, firstDay) }))
  const charges = town.flatMap(({ household, meters }) => chargesOf(household, meters, periods))
  const newest = periods.at(-1)
  return { periods, town, charges, payments: newest ? registerOf(homes, charges, newest) : [] }
}

function withTotal(kind: 'accounts' | 'meters' | 'tariffs', lines: string[][]): Buffer {
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

/** Every price of the periods, by the July it is in force from. */
function tariffLines(periods: readonly Period[]): string[][] {
  const [first = '', last = ''] = [periods[0], periods.at(-1)]
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 2 }, (_, place) =>
    period(`${Number(first.slice(0, 4)) - 1 + place}-07`),
  )
  const inForce = years.filter((july, place) => july <= last && (years[place + 1] ?? last) >= first)
  return serviceCodes
    .filter((code) => code !== 'penalty')
    .flatMap((code) => {
      const { name, unit } = services[code]
      const norm = normOf(code)
      return inForce.map((july) => {
        const price = amount(tariffIn(code, july))
        return [name, unit, date(dayOfPeriod(july, 1)), price, decimal(norm?.value), norm?.per ?? '']
      })
    })
}

function paymentsFile(payments: readonly DemoPayment[]): Buffer {
  const lines = payments.map((paid) => [
    paid.accountNumber,
    date(paid.paidOn),
    amount(paid.amount),
    paid.document,
    paid.place,
    month(paid.period),
  ])
  const sum = amount(sumKopecks(payments.map((paid) => paid.amount)))
  const heading = Object.values(layouts.payments.columns)
  return writeLines([heading, ...lines, ['ИТОГО', String(lines.length), sum, '', '', '']])
}

const MONEY = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'] as const

function chargesFile(charges: readonly DemoCharge[]): Buffer {
  const lines = charges.map(({ use, late, ...charge }) => [
    charge.accountNumber,
    month(charge.period),
    services[charge.service].name,
    services[charge.service].unit,
    decimal(use?.volume),
    charge.service === 'penalty' ? '' : amount(charge.tariff),
    ...MONEY.map((field) => amount(charge[field])),
    ...[use?.basis ?? '', decimal(use?.norm), decimal(use?.count), date(use?.from)],
    ...(late ? [amount(late.debt), String(late.days), decimal(late.rate)] : ['', '', '']),
  ])
  const { columns, optional } = layouts.charges
  const heading = [...Object.values(columns), ...Object.values(optional)]
  const sums = MONEY.map((field) => amount(sumKopecks(charges.map((charge) => charge[field]))))
  const total = ['ИТОГО', String(lines.length), '', '', '', '', ...sums]
  return writeLines([heading, ...lines, [...total, ...heading.slice(total.length).map(() => '')]])
}

function month(of: Period): string {
  return `${of.slice(5)}.${of.slice(0, 4)}`
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
