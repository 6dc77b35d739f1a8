import { addDays, type CalendarDay, day, moscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { holderName } from './names'
import { Random } from './random'

/** How a household pays; see `payments.ts`. */
export type Habit = 'exact' | 'rounded' | 'advance' | 'late' | 'partial' | 'debtor'

/** A dwelling of the demo town and who answers for it. */
export interface Household {
  index: number
  accountNumber: string
  holder: string
  address: string
  phone: string
  /** Tenths of a square metre. */
  area: number
  residents: number
  openedOn: CalendarDay
  closedOn: CalendarDay | undefined
  habit: Habit
  /** Rented from the town: pays rent instead of the contribution to capital repairs. */
  municipal: boolean
  /** Half of what it uses is paid for it. */
  privileged: boolean
  /** Has no water and electricity meters. */
  unmetered: boolean
  /** Was away for half of the newest period and asked for the waste to be recalculated. */
  away: boolean
}

/** How many accounts the demo company has. */
export const HOUSEHOLDS = 300
/** The two accounts of one person, who has access to both. */
export const ONE_HOLDER = {
  first: '0104523',
  second: '0108816',
  name: 'Королёва-Щукина Анна Сергеевна',
} as const

/** Two people without meters who were away: norms and a recalculation in one bill. */
export const AWAY = '0106660'

const HOUSES = [
  ...[3, 5, 7, 9].map((house) => `3-й микрорайон, дом ${house}`),
  ...['1', '1А', '1Б', '6', '12'].map((house) => `1-й микрорайон, дом ${house}`),
  ...['4', '10А', '14'].map((house) => `2-й микрорайон, дом ${house}`),
  ...['3/1', '3/2', '8'].map((house) => `4-й микрорайон, дом ${house}`),
  ...['2', '7 корп. 2', '11'].map((house) => `5-й микрорайон, дом ${house}`),
  ...['15', '16'].map((house) => `6-й микрорайон, дом ${house}`),
  ...['1', '21'].map((house) => `7-й микрорайон, дом ${house}`),
  ...['5', '9/2'].map((house) => `8-й микрорайон, дом ${house}`),
]
const AREAS = [312, 334, 438, 462, 501, 543, 587, 624, 678, 721, 845] as const
const HABITS = [
  ['exact', 36],
  ['rounded', 12],
  ['advance', 8],
  ['late', 18],
  ['partial', 18],
  ['debtor', 8],
] as const

/** The households of the town in the order of their accounts; `first` is the first period of the files. */
export function households(first: Period): Household[] {
  return Array.from({ length: HOUSEHOLDS }, (_, index) => {
    const random = new Random(0x51ca_0000 + index)
    const made = household(random, index, first)
    return special[index] ? { ...made, ...special[index] } : made
  })
}

/** Those whose bills tell a story; the figures of the person with two accounts are what the first pages of the service show. */
const special: Record<number, Partial<Household>> = {
  119: {
    accountNumber: ONE_HOLDER.first,
    holder: ONE_HOLDER.name,
    address: '3-й микрорайон, дом 7, кв. 41',
    phone: '+79101234567',
    area: 543,
    residents: 3,
    openedOn: day('2004-06-18'),
    closedOn: undefined,
    habit: 'partial',
    municipal: false,
    privileged: false,
  },
  235: {
    accountNumber: ONE_HOLDER.second,
    holder: ONE_HOLDER.name,
    address: '1-й микрорайон, дом 1Б, кв. 15а',
    phone: '+79101234567',
    area: 334,
    residents: 1,
    openedOn: day('2015-02-02'),
    closedOn: undefined,
    habit: 'advance',
    municipal: false,
    privileged: false,
  },
  177: {
    accountNumber: AWAY,
    area: 462,
    residents: 2,
    openedOn: day('1998-09-14'),
    closedOn: undefined,
    habit: 'exact',
    municipal: false,
    privileged: false,
    unmetered: true,
    away: true,
  },
}

function household(random: Random, index: number, first: Period): Household {
  const newcomer = random.chance(0.03)
  const leaver = !newcomer && random.chance(0.035)
  return {
    index,
    accountNumber: String(100_100 + index * 37 + random.int(0, 36)).padStart(7, '0'),
    holder: holderName(random, index),
    address: addressOf(random, index),
    phone: random.chance(0.94)
      ? `+79${random.pick(['10', '15', '51', '60'])}${random.int(1_000_000, 9_999_999)}`
      : '',
    area: random.pick(AREAS) + random.int(-9, 9),
    residents: random.weighted([
      [1, 25],
      [2, 32],
      [3, 24],
      [4, 13],
      [5, 4],
      [0, 2],
    ]),
    openedOn: newcomer
      ? dayOfPeriod(addMonths(first, random.int(3, 18)), 1)
      : addDays(day('1994-03-01'), random.int(0, 9_800)),
    closedOn: leaver ? dayOfPeriod(addMonths(first, random.int(8, 20)), 31) : undefined,
    habit: random.weighted(HABITS),
    municipal: random.chance(0.1),
    privileged: random.chance(0.08),
    unmetered: false,
    away: false,
  }
}

/** Houses in turn; the flat grows with every round, so that no two are the same. */
function addressOf(random: Random, index: number): string {
  const flat = Math.floor(index / HOUSES.length) * 6 + random.int(1, 4)
  const written = random.weighted([
    [`кв. ${flat}`, 94],
    [`кв. ${flat}а`, 4],
    [`кв. ${flat}Н ком. 1`, 2],
  ])
  return `${HOUSES[index % HOUSES.length]}, ${written}`
}

/** Whether a household is charged for a period. */
export function isOpenIn({ openedOn, closedOn }: Household, period: Period): boolean {
  return periodOf(openedOn) <= period && (closedOn === undefined || period <= periodOf(closedOn))
}

/** The 24 periods before the current one, Moscow time, oldest first. */
export function demoPeriods(now: Date): Period[] {
  const current = periodOf(moscowDay(now))
  return Array.from({ length: 24 }, (_, place) => addMonths(current, place - 24))
}
