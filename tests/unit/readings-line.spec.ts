import { expect, test } from '@playwright/test'
import { amountWords, columnsOf, monthsWords, seriesOf, yearBefore } from '@/app/_meters/use-columns'
import { type Linked, linesOf, lineTo, standingIn, usedTogether } from '@/lib/readings/line'
import type { Use } from '@/lib/readings/use'
import { day } from '@/lib/units/day'
import { monthsBetween, period } from '@/lib/units/period'
import { type MeterValue, quantity, roundTo, toDecimal } from '@/lib/units/quantity'

const hung = (id: number, values: Record<string, string>, of: Partial<Linked> = {}): Linked => ({
  id,
  replaces: null,
  digitsBefore: 5,
  installedOn: day('2020-01-10'),
  removedOn: null,
  initial: [null],
  points: Object.entries(values).map(([month, value]) => ({
    register: 1,
    period: period(month),
    value: quantity(value),
    rolledOver: false,
    takenOn: day(`${month}-24`),
  })),
  ...of,
})
const ids = (line: readonly Linked[]) => line.map(({ id }) => id)

test('a line goes back from a meter to those it took the place of, and never round', () => {
  const [first, second, third] = [hung(1, {}), hung(2, {}, { replaces: 1 }), hung(3, {}, { replaces: 2 })]
  const other = hung(4, {})
  expect(ids(lineTo(third, [first, second, third, other]))).toEqual([3, 2, 1])
  expect(ids(lineTo(second, [first, second, third, other]))).toEqual([2, 1])
  expect(linesOf([first, second, third, other]).map(ids)).toEqual([[3, 2, 1], [4]])
  const [a, b] = [hung(5, {}, { replaces: 6 }), hung(6, {}, { replaces: 5 })]
  expect(ids(lineTo(a, [a, b]))).toEqual([5, 6])
  expect(ids(lineTo(hung(7, {}, { replaces: 99 }), []))).toEqual([7])
})

test('a flat is compared by all its meters of a kind, and only when each is known for that month', () => {
  const october = period('2026-10')
  const kitchen = hung(1, { '2026-09': '10', '2026-10': '12' })
  const bath = hung(2, { '2026-09': '5', '2026-10': '9.4' })
  const gone = hung(3, {}, { removedOn: day('2026-09-30') })
  const coming = hung(4, {}, { installedOn: day('2026-11-01') })
  const together = (...all: Linked[]) => usedTogether(linesOf(all), october)
  expect(together(kitchen, bath, gone, coming)).toBe(quantity('6.4'))
  expect(standingIn(linesOf([kitchen, bath, gone, coming]), october)).toBe(2)
  expect(together(kitchen, hung(5, { '2026-08': '5', '2026-10': '9.4' }))).toBeUndefined()
  expect(together(kitchen, hung(5, { '2026-09': '5' }))).toBeUndefined()
  expect(together()).toBeUndefined()
  const old = hung(6, { '2026-09': '100', '2026-10': '101' }, { removedOn: day('2026-10-24') })
  const anew = { replaces: 6, installedOn: day('2026-10-24') }
  expect(together(old, hung(7, { '2026-10': '1' }, { ...anew, initial: [quantity('0.5')] }))).toBe(
    quantity('1.5'),
  )
  expect(together(old, hung(7, { '2026-10': '1' }, anew))).toBeUndefined()
})

const use = (from: string, to: string, registers: string[], partial = false): Use => ({
  from: period(from),
  to: period(to),
  months: monthsBetween(period(from), period(to)) + 1,
  used: registers.map(quantity).reduce((sum, one) => (sum + one) as MeterValue),
  registers: registers.map(quantity),
  partial,
})
const water = { unit: 'м³', decimals: 1 }

test('months are told in words', () => {
  expect(monthsWords(use('2026-10', '2026-10', ['1']))).toBe('октябрь 2026')
  expect(monthsWords(use('2026-08', '2026-10', ['1']))).toBe('август – октябрь 2026, 3 мес. вместе')
  expect(monthsWords(use('2025-12', '2026-01', ['1']))).toBe('декабрь 2025 – январь 2026, 2 мес. вместе')
  expect(amountWords(quantity('6.396'), water)).toBe('6,4\u00a0м³')
})

test('a graph has twelve months, the year before behind, and months known together as one bar of their average', () => {
  const uses = [
    use('2025-10', '2025-10', ['5']),
    use('2025-11', '2025-11', ['8']),
    use('2026-08', '2026-10', ['18']),
    use('2026-11', '2026-11', ['6.4'], true),
  ]
  const columns = columnsOf(uses, 1, water)
  expect(columns.map((column) => column.label).join(' ')).toBe(
    'дек янв фев мар апр май июн июл авг сен окт ноя',
  )
  expect(columns.at(-1)).toMatchObject({
    parts: [{ value: 6.4, text: 'ноябрь 2026: 6,4\u00a0м³, не весь расход' }],
    joins: 0,
    behind: { value: 8, text: 'Годом раньше, ноябрь 2025: 8\u00a0м³', joins: 0 },
  })
  expect(columns.at(-2)).toMatchObject({
    parts: [
      {
        value: 6,
        text: 'август – октябрь 2026, 3 мес. вместе: 18\u00a0м³, в среднем 6\u00a0м³ в месяц',
      },
    ],
    joins: 2,
  })
  expect(columns.at(-3)?.parts).toEqual([])
  expect(yearBefore(uses, use('2026-11', '2026-11', ['1']))?.used).toBe(quantity('8'))
  expect(yearBefore(uses, use('2026-08', '2026-10', ['1']))).toBeUndefined()
  expect(columnsOf([], 1, water)).toEqual([])
})

test('a meter of two counters after one of one: what is not divided has a colour of its own', () => {
  const uses = [use('2026-10', '2026-10', ['100']), use('2026-11', '2026-11', ['80', '30'])]
  expect(seriesOf(uses, 2)).toEqual(['День', 'Ночь', 'Без разделения'])
  expect(seriesOf(uses.slice(1), 2)).toEqual(['День', 'Ночь'])
  const [before, now] = columnsOf(uses, 2, { unit: 'кВт·ч', decimals: 0 }).slice(-2)
  expect(before?.parts.map(({ value }) => value)).toEqual([0, 0, 100])
  expect(now?.parts.map(({ value }) => value)).toEqual([80, 30])
})

test('rounding is half up, away from zero', () => {
  for (const [value, decimals, rounded] of [
    ['6.396', 1, '6.4'],
    ['6.35', 1, '6.4'],
    ['6.349', 1, '6.3'],
    ['0.5', 0, '1'],
    ['-0.5', 0, '-1'],
    ['0.04', 1, '0'],
    ['1.2345678', 7, '1.2345678'],
  ] as const)
    expect(toDecimal(roundTo(quantity(value), decimals))).toBe(rounded)
})
