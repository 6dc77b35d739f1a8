import { expect, test } from '@playwright/test'
import { evidenceOf, type MeterPoint, metersBehind } from '@/lib/ledger/sources'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const services: [string, string[], number | undefined][] = [
  ['Холодное водоснабжение', ['cold_water'], undefined],
  ['Горячее водоснабжение (носитель)', ['hot_water'], undefined],
  ['Горячее водоснабжение (тепловая энергия)', ['hot_water'], undefined],
  ['Водоотведение', ['cold_water', 'hot_water'], undefined],
  ['Отопление', ['heat'], undefined],
  ['Электроснабжение', ['electricity'], undefined],
  ['Электроснабжение (день)', ['electricity'], 1],
  ['Электроснабжение (ночь)', ['electricity'], 2],
  ['Электроснабжение (полупик)', ['electricity'], 3],
  ['Газоснабжение', ['gas'], undefined],
  ['КР на СОИ: холодное водоснабжение', [], undefined],
  ['Электроэнергия на ОДН', [], undefined],
  ['Содержание жилого помещения', [], undefined],
  ['Обращение с ТКО', [], undefined],
  ['Повышающий коэффициент: горячее водоснабжение', [], undefined],
]
for (const [service, kinds, register] of services) {
  test(`the meters behind «${service}»`, () => {
    expect(metersBehind(service)).toEqual({ kinds, register })
  })
}

const point = (month: string, value: string, more: Partial<MeterPoint> = {}): MeterPoint => ({
  meterId: 1,
  kind: 'cold_water',
  title: 'Холодная вода, кухня',
  unit: 'м³',
  register: 1,
  digitsBefore: 5,
  digitsAfter: 3,
  period: period(month),
  value: quantity(value),
  rolledOver: false,
  initial: null,
  ...more,
})
const OCTOBER = period('2026-10')
const kitchen = [point('2026-10', '321.6'), point('2026-09', '315.204')]
const metered = makeLine({ basis: 'meter', volume: quantity('6.396'), unit: 'куб.м' })

test('a charge shows the reading and the one before it', () => {
  expect(evidenceOf(metered, OCTOBER, kitchen)).toEqual({
    sources: [{ title: 'Холодная вода, кухня', dials: '315,204\u00a0→ 321,600', used: quantity('6.396') }],
    differs: undefined,
  })
})

test('several meters stand for one charge, other kinds do not', () => {
  const bath = [point('2026-10', '11', { meterId: 2 }), point('2026-08', '10', { meterId: 2 })]
  const hot = [point('2026-10', '5', { meterId: 3, kind: 'hot_water' })]
  const found = evidenceOf({ ...metered, volume: quantity('7.396') }, OCTOBER, [...kitchen, ...bath, ...hot])
  expect(found.sources.map((source) => source.dials)).toEqual([
    '315,204\u00a0→ 321,600',
    '10,000\u00a0→ 11,000',
  ])
  expect(found.differs).toBeUndefined()
})

test('readings that tell another volume than billing took are told', () => {
  expect(evidenceOf({ ...metered, volume: quantity('6') }, OCTOBER, kitchen).differs).toBe(quantity('6.396'))
})

test('a counter that passed zero used what lies between', () => {
  const [now, before] = [point('2026-10', '3', { rolledOver: true }), point('2026-09', '99998')]
  expect(evidenceOf({ ...metered, volume: quantity('5') }, OCTOBER, [now, before])).toMatchObject({
    sources: [{ used: quantity('5') }],
    differs: undefined,
  })
})

test('a month in which a meter was replaced sums the old one and the new one, which began with what was written down', () => {
  const fresh = point('2026-10', '2.1', { meterId: 2, initial: quantity('0.1') })
  const found = evidenceOf({ ...metered, volume: quantity('8.396') }, OCTOBER, [...kitchen, fresh])
  expect(found.sources.map(({ used }) => used)).toEqual([quantity('6.396'), quantity('2')])
  expect(found.differs).toBeUndefined()
})

test('a first reading has nothing before it, and nobody’s reading shows nothing', () => {
  expect(evidenceOf(metered, OCTOBER, kitchen.slice(0, 1))).toEqual({
    sources: [{ title: 'Холодная вода, кухня', dials: '321,600', used: undefined }],
    differs: undefined,
  })
  expect(evidenceOf(metered, OCTOBER, kitchen.slice(1)).sources).toEqual([])
})

test('a charge not by the meter shows no readings; an unnamed basis only when they tell its volume', () => {
  for (const basis of ['norm', 'average'] as const)
    expect(evidenceOf({ ...metered, basis }, OCTOBER, kitchen).sources).toEqual([])
  expect(evidenceOf({ ...metered, basis: null }, OCTOBER, kitchen).sources).toHaveLength(1)
  const other = { ...metered, basis: null, volume: quantity('6') }
  expect(evidenceOf(other, OCTOBER, kitchen).sources).toEqual([])
})
