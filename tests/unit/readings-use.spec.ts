import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { type MeterLife, type ReadPoint, type Use, usesOf } from '@/lib/readings/use'
import { type CalendarDay, day } from '@/lib/units/day'
import { addMonths, dayOfPeriod, monthsBetween, type Period, period } from '@/lib/units/period'
import { fullTurn, quantity, toDecimal } from '@/lib/units/quantity'

const read = (month: string, value: string, of: Partial<ReadPoint> = {}): ReadPoint => ({
  register: 1,
  period: period(month),
  value: quantity(value),
  rolledOver: false,
  takenOn: day(`${month}-24`),
  ...of,
})
const meter = (points: ReadPoint[], of: Partial<MeterLife> = {}): MeterLife => ({
  digitsBefore: 5,
  installedOn: day('2020-01-10'),
  removedOn: null,
  initial: [null],
  points,
  ...of,
})
/** «2026-09..2026-10 (2) 12.5 = 8+4.5, part». */
const told = ({ from, to, months, used, registers, partial }: Use) =>
  `${months === 1 ? to : `${from}..${to}`} ${toDecimal(used)}${registers.length > 1 ? ` = ${registers.map(toDecimal).join('+')}` : ''}${partial ? ', part' : ''}`

const removed = { removedOn: day('2026-10-12') }
const last = (value: string) => read('2026-10', value, { takenOn: day('2026-10-12') })
const installed = { installedOn: day('2026-10-12'), initial: [quantity('0')] }

const cases: [string, MeterLife[], string[]][] = [
  ['nothing was read', [meter([])], []],
  ['no meter at all', [], []],
  ['the first reading of all tells no use', [meter([read('2026-09', '100')])], []],
  [
    'every month',
    [meter([read('2026-09', '100'), read('2026-10', '106.396'), read('2026-11', '106.396')])],
    ['2026-10 6.396', '2026-11 0'],
  ],
  [
    'from the installation, where its value is known',
    [
      meter([read('2026-10', '3.5'), read('2026-11', '5')], {
        installedOn: day('2026-09-28'),
        initial: [quantity('0.5')],
      }),
    ],
    ['2026-09..2026-10 3', '2026-11 1.5'],
  ],
  [
    'months nobody read in stand together',
    [meter([read('2026-07', '100'), read('2026-10', '118'), read('2026-11', '124')])],
    ['2026-08..2026-10 18', '2026-11 6'],
  ],
  [
    'a counter that passed zero',
    [meter([read('2026-09', '99998'), read('2026-10', '3', { rolledOver: true }), read('2026-11', '4')])],
    ['2026-10 5', '2026-11 1'],
  ],
  [
    'a mark of passing zero on a value that is not lower means nothing',
    [meter([read('2026-09', '2'), read('2026-10', '3', { rolledOver: true })])],
    ['2026-10 1'],
  ],
  [
    'a value that fell tells nothing, and what follows begins anew',
    [meter([read('2026-08', '90'), read('2026-09', '100'), read('2026-10', '50'), read('2026-11', '57')])],
    ['2026-09 10', '2026-11 7'],
  ],
  [
    'several counters',
    [
      meter([
        read('2026-09', '10'),
        read('2026-09', '5', { register: 2 }),
        read('2026-10', '30'),
        read('2026-10', '9', { register: 2 }),
      ]),
    ],
    ['2026-10 24 = 20+4'],
  ],
  [
    'a month in which one counter of two was read waits for the other',
    [
      meter([
        read('2026-08', '99990'),
        read('2026-08', '5', { register: 2 }),
        read('2026-09', '10', { rolledOver: true }),
        read('2026-10', '30'),
        read('2026-10', '9', { register: 2 }),
      ]),
    ],
    ['2026-09..2026-10 44 = 40+4'],
  ],
  [
    'a replacement: the month sums both',
    [
      meter([read('2026-09', '300'), last('302')], removed),
      meter([read('2026-10', '1.5'), read('2026-11', '6')], installed),
    ],
    ['2026-10 3.5', '2026-11 4.5'],
  ],
  [
    'the new meter is read a month later than the old one for the last time',
    [meter([read('2026-09', '300'), last('302')], removed), meter([read('2026-11', '6')], installed)],
    ['2026-10 2', '2026-11 6'],
  ],
  [
    'the old one was read for the last time after the window: for the next month',
    [
      meter([read('2026-09', '300'), read('2026-11', '302', { takenOn: day('2026-10-28') })], {
        removedOn: day('2026-10-28'),
      }),
      meter([read('2026-11', '6')], { ...installed, installedOn: day('2026-10-28') }),
    ],
    ['2026-10..2026-11 8'],
  ],
  [
    'months in which both meters were read, otherwise than the other, stand together',
    [
      meter([read('2026-08', '290'), read('2026-11', '302')], removed),
      meter([read('2026-10', '2'), read('2026-11', '6'), read('2026-12', '10')], installed),
    ],
    ['2026-09..2026-11 18', '2026-12 4'],
  ],
  [
    'the old meter was not read at its end',
    [
      meter([read('2026-08', '290'), read('2026-09', '300')], removed),
      meter([read('2026-10', '2'), read('2026-11', '6')], installed),
    ],
    ['2026-09 10', '2026-10 2, part', '2026-11 4'],
  ],
  [
    'months without a reading before a replacement are not made up',
    [
      meter([read('2026-06', '290'), read('2026-07', '300')], removed),
      meter([read('2026-10', '2')], installed),
    ],
    ['2026-07 10', '2026-10 2, part'],
  ],
  [
    'nobody told where the new meter began',
    [
      meter([read('2026-09', '300'), last('302')], removed),
      meter([read('2026-10', '7'), read('2026-11', '11')], { ...installed, initial: [null] }),
    ],
    ['2026-10 2, part', '2026-11 4'],
  ],
  [
    'a meter of one counter gives way to one of two',
    [
      meter([read('2026-09', '300'), last('302')], removed),
      meter(
        [
          read('2026-10', '1'),
          read('2026-10', '2', { register: 2 }),
          read('2026-11', '4'),
          read('2026-11', '4', { register: 2 }),
        ],
        { ...installed, initial: [quantity('0'), quantity('0')] },
      ),
    ],
    ['2026-10 5', '2026-11 5 = 3+2'],
  ],
]
for (const [name, line, expected] of cases) {
  test(`use: ${name}`, () => {
    expect(usesOf(line).map(told)).toEqual(expected)
    expect(usesOf(line.toReversed()).map(told)).toEqual(expected)
  })
}

const START = period('2024-01')
const RUNS = { numRuns: 10_000 }
/** A counter of four digits: every history passes zero sooner or later, and never twice between two readings. */
const DIGITS = 4
const TURN = fullTurn(DIGITS)

interface Month {
  used: [number, number]
  isRead: boolean
  isReplaced: boolean
  initial: [number, number]
}
const month = fc.record({
  used: fc.tuple(fc.nat(420), fc.nat(420)),
  isRead: fc.boolean(),
  isReplaced: fc.nat(6).map((one) => one === 0),
  initial: fc.tuple(fc.nat(9_999), fc.nat(9_999)),
})
const history = fc.record({
  counters: fc.integer({ min: 1, max: 2 }),
  initial: fc.tuple(fc.nat(9_999), fc.nat(9_999)),
  months: fc.array(month, { minLength: 1, maxLength: 24 }),
})

const whole = (count: number) => quantity(String(count))

/** Meters as they would be read if this went through them: every replaced one is read at its end, the last month as well. */
function lived({ counters, initial, months }: typeof history extends fc.Arbitrary<infer T> ? T : never) {
  const line: (MeterLife & { points: ReadPoint[] })[] = []
  let shown: number[] = []
  let atLastReading: number[] = []
  const install = (installedOn: CalendarDay, values: readonly number[]) => {
    shown = values.slice(0, counters)
    atLastReading = shown
    line.push({
      digitsBefore: DIGITS,
      installedOn,
      removedOn: null,
      initial: shown.map(whole),
      points: [],
    })
  }
  const readAll = (of: Period, takenOn: CalendarDay) => {
    shown.forEach((value, place) => {
      const rolledOver = value < (atLastReading[place] ?? 0)
      line.at(-1)?.points.push({ register: place + 1, period: of, value: whole(value), rolledOver, takenOn })
    })
    atLastReading = shown
  }
  install(dayOfPeriod(START, 1), initial)
  months.forEach(({ used, isRead, isReplaced, initial: next }: Month, place) => {
    const of = addMonths(START, place)
    shown = shown.map((value, counter) => (value + (used[counter] ?? 0)) % 10_000)
    if (isRead || isReplaced || place === months.length - 1) readAll(of, dayOfPeriod(of, 20))
    if (!isReplaced || place === months.length - 1) return
    const [old] = line.splice(-1)
    if (old) line.push({ ...old, removedOn: dayOfPeriod(of, 20) })
    install(dayOfPeriod(of, 20), next)
  })
  return line
}

// `expect` keeps a record of every call: in ten thousand runs only the one of a failure is wanted.
const same = (found: unknown, expected: unknown) =>
  isDeepStrictEqual(found, expected) || expect(found).toEqual(expected)

test('what went through is what is told: past zero, from meter to meter, over months nobody read in', () => {
  fc.assert(
    fc.property(history, (of) => {
      let next = START
      const uses = usesOf(lived(of))
      const truth = uses.map(({ to }): Use => {
        const from = next
        const months = of.months.slice(monthsBetween(START, from), monthsBetween(START, to) + 1)
        const through = (counter: number) => months.reduce((sum, one) => sum + (one.used[counter] ?? 0), 0)
        const registers = Array.from({ length: of.counters }, (_, place) => through(place))
        next = addMonths(to, 1)
        const used = whole(registers.reduce((sum, one) => sum + one, 0))
        return { from, to, months: months.length, used, registers: registers.map(whole), partial: false }
      })
      same(uses, truth)
      same(next, addMonths(START, of.months.length))
    }),
    RUNS,
  )
})

const anyPoint = fc.record({
  register: fc.integer({ min: 1, max: 3 }),
  period: fc.nat(30).map((place) => addMonths(START, place)),
  value: fc.nat(12_000).map(whole),
  rolledOver: fc.boolean(),
  takenOn: fc.nat(30).map((place) => dayOfPeriod(addMonths(START, place), 20)),
})
const anyLine = fc.uniqueArray(
  fc.record({
    digitsBefore: fc.constant(DIGITS),
    installedOn: fc.nat(30).map((place) => dayOfPeriod(addMonths(START, place), 5)),
    removedOn: fc.option(fc.nat(30).map((place) => dayOfPeriod(addMonths(START, place), 5))),
    initial: fc.array(fc.option(fc.nat(9_999).map(whole)), { maxLength: 3 }),
    points: fc.uniqueArray(anyPoint, { maxLength: 14, selector: (one) => `${one.register} ${one.period}` }),
  }),
  { maxLength: 3, selector: (one) => one.installedOn },
)

test('whatever was stored: never negative, months follow each other, every use ends in a reading', () => {
  const isSound = (line: readonly MeterLife[]) => {
    const readIn = new Set(line.flatMap((one) => one.points.map((point) => point.period)))
    return usesOf(line).every(
      ({ from, to, months, used, registers }, place, all) =>
        from > (all[place - 1]?.to ?? '') &&
        to >= from &&
        readIn.has(to) &&
        months === monthsBetween(from, to) + 1 &&
        [used, ...registers].every((one) => one >= 0n) &&
        used === registers.reduce((sum, one) => sum + one, 0n),
    )
  }
  fc.assert(fc.property(anyLine, isSound), RUNS)
})

test('the order in which values and meters came changes nothing', () => {
  const shuffled = anyLine.chain((line) =>
    fc.tuple(
      fc.constant(line),
      fc.tuple(
        ...line.map((one) =>
          fc
            .shuffledSubarray(one.points, { minLength: one.points.length })
            .map((points) => ({ ...one, points })),
        ),
      ),
      fc.boolean(),
    ),
  )
  fc.assert(
    fc.property(shuffled, ([line, again, turned]) => {
      same(usesOf(turned ? again.toReversed() : again), usesOf(line))
    }),
    RUNS,
  )
})

test('no accepted value is lost: of one meter, all uses together are its last value less its first', () => {
  const values = fc.array(fc.tuple(fc.nat(9_999), fc.integer({ min: 1, max: 4 })), { minLength: 1 })
  fc.assert(
    fc.property(values, (steps) => {
      let place = 0
      let previous = 0
      const points = steps.map(([value, after]) => {
        place += after
        const rolledOver = value < previous
        previous = value
        return read(addMonths(START, place), String(value), { rolledOver })
      })
      const [first] = points
      if (!first) throw new Error('the generator is broken')
      const uses = usesOf([meter(points, { digitsBefore: DIGITS, installedOn: day('2023-01-01') })])
      const turns = BigInt(points.slice(1).filter((point) => point.rolledOver).length)
      same(
        uses.reduce((sum, one) => sum + one.used, 0n),
        whole(previous) - first.value + turns * TURN,
      )
      same(
        uses.map((one) => one.to),
        points.slice(1).map((point) => point.period),
      )
    }),
    RUNS,
  )
})
