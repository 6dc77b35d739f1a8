import { expect, test } from '@playwright/test'
import { formulaOf } from '@/lib/ledger/formula'
import type { Line } from '@/lib/ledger/rules'
import { partsWords, unitWords } from '@/lib/ledger/words'
import { day } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { costOf } from '@/lib/units/price'
import { quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const at = (volume: string, tariff: string, more: Partial<Line> = {}): Line =>
  makeLine({
    volume: quantity(volume),
    tariff: quantity(tariff),
    charged: costOf(quantity(volume), quantity(tariff)),
    ...more,
  })
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ')

const formulas: [Line, string | undefined][] = [
  [at('6.396', '45.18', { unit: 'куб.м' }), '6,396 м³ × 45,18 ₽'],
  [
    at('12.9', '45.18', { basis: 'norm', norm: quantity('4.3'), basisCount: quantity('3') }),
    '4,3 м³ на человека × 3 чел. × 45,18 ₽',
  ],
  [
    at('1.30863', '1946.2', {
      service: 'Отопление',
      unit: 'Гкал',
      basis: 'norm',
      norm: quantity('0.0241'),
      basisCount: quantity('54.3'),
    }),
    '0,0241 Гкал на м² × 54,3 м² × 1 946,20 ₽',
  ],
  [
    at('5', '10', { basis: 'norm', normPer: 'area', norm: quantity('0.1'), basisCount: quantity('50') }),
    '0,1 м³ на м² × 50 м² × 10,00 ₽',
  ],
  [
    makeLine({ unit: '', basis: 'people', basisCount: quantity('3'), tariff: quantity('112.74') }),
    '3 чел. × 112,74 ₽',
  ],
  [at('54.3', '21.9', { unit: 'кв.м' }), '54,3 м² × 21,90 ₽'],
  [makeLine({ charged: kopecks(5n) }), undefined],
]
for (const [line, text] of formulas) {
  test(`a charge as a formula: ${text}`, () => {
    expect(plain(formulaOf(line)?.text)).toBe(text)
  })
}

test('a formula that gives another sum than billing is told', () => {
  const norm = { basis: 'norm', norm: quantity('4.3'), basisCount: quantity('3') } as const
  expect(formulaOf(at('12.9', '45.18', norm))).toMatchObject({ agrees: true })
  expect(formulaOf(at('6.4', '45.18', norm))).toMatchObject({ amount: 58_282n, agrees: false })
  expect(formulaOf(at('6', '10', { charged: kopecks(6_001n) }))).toMatchObject({ agrees: true })
  expect(formulaOf(at('6', '10', { charged: kopecks(6_002n) }))).toMatchObject({
    amount: 6_000n,
    agrees: false,
  })
})

test('a norm is taken for the days of a month that began late, unless billing’s sum is without that', () => {
  const heating = (charged: bigint) =>
    makeLine({
      service: 'Отопление',
      unit: 'Гкал',
      basis: 'norm',
      norm: quantity('0.0222'),
      basisCount: quantity('54.3'),
      tariff: quantity('1946.2'),
      chargedFrom: day('2026-10-05'),
      charged: kopecks(charged),
    })
  const whole = '0,0222 Гкал на м² × 54,3 м² × 1 946,20 ₽'
  const told = (charged: bigint) => {
    const found = formulaOf(heating(charged))
    return [plain(found?.text), found?.amount, found?.agrees]
  }
  expect(told(204_335n)).toEqual([`${whole} × 27/31`, 204_335n, true])
  expect(told(204_300n)).toEqual([`${whole} × 27/31`, 204_335n, true])
  expect(told(234_607n)).toEqual([whole, 234_607n, true])
  expect(told(100n)).toEqual([`${whole} × 27/31`, 204_335n, false])
})

test('what a row came to is laid out when it is more than the charge', () => {
  expect(partsWords(at('6', '10'))).toBeUndefined()
  expect(partsWords(makeLine({ service: 'Пени', penalty: kopecks(5n) }))).toBeUndefined()
  expect(plain(partsWords(at('6', '10', { recalculated: kopecks(-100n), benefit: kopecks(50n) })))).toBe(
    'начислено 60,00 ₽ · перерасчёт −1,00 ₽ · льгота −0,50 ₽',
  )
})

test('units are written as people write them', () => {
  expect(['куб.м', 'м3', 'кв.м', 'кВт*ч', 'кВт·ч', 'чел', 'Гкал', ''].map(unitWords)).toEqual([
    'м³',
    'м³',
    'м²',
    'кВт·ч',
    'кВт·ч',
    'чел.',
    'Гкал',
    '',
  ])
})
