import { addDays, type CalendarDay } from '@/lib/units/day'
import { dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { add, type MeterValue, quantity, subtract } from '@/lib/units/quantity'
import { Random } from './random'
import { milli } from './tariffs'
import { type Household, isOpenIn, ONE_HOLDER } from './town'

/** A meter of the demo and what went through each of its registers, period by period. */
export interface DemoMeter {
  serial: string
  kind: 'Холодная вода' | 'Горячая вода' | 'Электроэнергия'
  place: string
  digitsBefore: number
  digitsAfter: number
  installedOn: CalendarDay
  removedOn: CalendarDay | undefined
  verifiedUntil: CalendarDay
  /** What each register showed before the first period. */
  initial: readonly MeterValue[]
  /** Per register, per period; undefined while the meter was not there. */
  used: readonly (readonly (MeterValue | undefined)[])[]
  /** Day of the month it is read on. */
  readOn: number
  /** Periods at the end nobody read it. */
  unread: number
}

interface Slot {
  kind: DemoMeter['kind']
  place: string
  registers: number
}

/** The meters of a household over the periods of the files. */
export function metersOf(household: Household, periods: readonly Period[], today: CalendarDay): DemoMeter[] {
  const random = new Random(0x0e7e_0000 + household.index)
  return slotsOf(household, random).flatMap((slot, place) => {
    const uses = Array.from({ length: slot.registers }, (_, register) =>
      periods.map((period) => {
        const used = usedIn(random, household, slot, register, period)
        return isOpenIn(household, period) ? used : undefined
      }),
    )
    const meter = newMeter(random, household, slot, place, uses, today)
    const replaced = place === 0 && random.chance(0.06) && !featured(household) && !household.closedOn
    return replaced ? replace(meter, periods, random) : [meter]
  })
}

/** Nobody's meters run out of verification on the accounts a newcomer to the demo meets first. */
function featured({ accountNumber }: Household): boolean {
  return accountNumber === ONE_HOLDER.first
}

function slotsOf(household: Household, random: Random): Slot[] {
  const power: Slot = {
    kind: 'Электроэнергия',
    place: 'лестничная площадка',
    registers: random.chance(0.32) ? 2 : 1,
  }
  const bath: Slot[] = [
    { kind: 'Холодная вода', place: 'ванная', registers: 1 },
    { kind: 'Горячая вода', place: 'ванная', registers: 1 },
  ]
  const kitchen: Slot[] = bath.map((slot) => ({ ...slot, place: 'кухня' }))
  if (featured(household)) return [...bath, ...kitchen.slice(0, 1), { ...power, registers: 2 }]
  if (household.accountNumber === ONE_HOLDER.second) return [...bath, { ...power, registers: 1 }]
  if (household.unmetered) return []
  return random.weighted<Slot[]>([
    [[...bath, ...kitchen, power], 46],
    [[...bath, power], 40],
    [[power], 8],
    [bath, 4],
    [[], 2],
  ])
}

function usedIn(
  random: Random,
  household: Household,
  slot: Slot,
  register: number,
  period: Period,
): MeterValue {
  const people = Math.max(household.residents, 1)
  const away = random.chance(0.02) ? 0.1 : 1
  const spread = (0.7 + random.next() * 0.6) * away
  if (slot.kind === 'Электроэнергия') {
    const dark = ['11', '12', '01', '02'].includes(period.slice(5)) ? 1.2 : 1
    const part = slot.registers === 1 ? 1 : register === 0 ? 0.68 : 0.32
    return quantity(String(Math.round((45 + 62 * people) * dark * spread * part)))
  }
  const perPerson = slot.kind === 'Холодная вода' ? 3400 : 2300
  const part = slot.place === 'кухня' ? 0.4 : 0.6
  return milli(Math.round(perPerson * people * part * spread))
}

function newMeter(
  random: Random,
  household: Household,
  slot: Slot,
  place: number,
  used: (MeterValue | undefined)[][],
  today: CalendarDay,
): DemoMeter {
  const electric = slot.kind === 'Электроэнергия'
  const serial = electric
    ? String(11_270_000 + household.index * 13 + random.int(0, 12)).padStart(9, '0')
    : `48-${221_000 + household.index * 8 + place}`
  const installed = addDays(today, -random.int(800, 2_000))
  return {
    serial,
    kind: slot.kind,
    place: slot.place,
    digitsBefore: 5,
    digitsAfter: electric ? 0 : 3,
    installedOn: later(household.openedOn, installed),
    removedOn: household.closedOn,
    verifiedUntil: addDays(today, verifiedFor(random, household, place)),
    initial: used.map((uses) => initialOf(random, household, electric, uses)),
    used,
    readOn: random.int(18, 25),
    unread: random.chance(0.04) && !featured(household) && !household.closedOn ? random.int(1, 3) : 0,
  }
}

/** Days from now the verification lasts: some are over, some soon will be. */
function verifiedFor(random: Random, household: Household, place: number): number {
  const days = random.weighted([
    [random.int(-400, -20), 3],
    [random.int(5, 90), 8],
    [random.int(120, 2_000), 89],
  ])
  if (featured(household)) return random.int(400, 1_500)
  return household.accountNumber === ONE_HOLDER.second && place === 0 ? -45 : days
}

/** The second account's electricity counter is about to pass 99999. */
function initialOf(
  random: Random,
  household: Household,
  electric: boolean,
  uses: readonly (MeterValue | undefined)[],
): MeterValue {
  const before = electric ? quantity(String(random.int(4_000, 31_000))) : milli(random.int(40_000, 380_000))
  if (!electric || household.accountNumber !== ONE_HOLDER.second) return before
  return subtract(quantity('99950'), total(uses))
}

/** The meter was replaced some ten months ago: the old one ends there, a new one starts at zero. */
function replace(meter: DemoMeter, periods: readonly Period[], random: Random): DemoMeter[] {
  const last = periods.length - random.int(9, 13)
  const period = periods[last]
  if (!period) return [meter]
  const changedOn = dayOfPeriod(period, 28)
  const during = (within: (place: number) => boolean) =>
    meter.used.map((uses) => uses.map((used, place) => (within(place) ? used : undefined)))
  return [
    {
      ...meter,
      removedOn: changedOn,
      verifiedUntil: addDays(changedOn, -3),
      used: during((place) => place <= last),
    },
    {
      ...meter,
      serial: `${meter.serial}Н`,
      installedOn: changedOn,
      verifiedUntil: addDays(changedOn, 2_190),
      initial: meter.initial.map(() => quantity('0')),
      used: during((place) => place > last),
    },
  ]
}

/** What the registers showed at the end of a period, and when they were read; undefined while the meter was not there. */
export function readingIn(
  meter: DemoMeter,
  periods: readonly Period[],
  place: number,
): { takenOn: CalendarDay; values: MeterValue[] } | undefined {
  const period = periods[place]
  if (!period || meter.used.some((uses) => uses[place] === undefined)) return undefined
  const takenOn = dayOfPeriod(
    period,
    meter.removedOn && periodOf(meter.removedOn) === period ? 28 : meter.readOn,
  )
  if (takenOn < meter.installedOn) return undefined
  const values = meter.used.map((uses, register) =>
    add(meter.initial[register] ?? quantity('0'), total(uses.slice(0, place + 1))),
  )
  return { takenOn, values }
}

function total(uses: readonly (MeterValue | undefined)[]): MeterValue {
  return uses.reduce<MeterValue>((sum, used) => add(sum, used ?? quantity('0')), quantity('0'))
}

/** Places of the periods whose readings stand in the file: the last seven, or the last one of a removed meter. */
export function readPeriods(meter: DemoMeter): number[] {
  const last = (meter.used[0] ?? []).findLastIndex((used) => used !== undefined) - meter.unread
  const count = meter.removedOn ? 1 : 7 - meter.unread
  return Array.from({ length: count }, (_, place) => last - count + 1 + place).filter((place) => place >= 0)
}

function later(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a < b ? b : a
}
