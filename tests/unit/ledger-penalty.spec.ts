import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { penaltyFor, penaltyWorkings, rateOn } from '@/lib/ledger/penalty'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { quantity } from '@/lib/units/quantity'

const RATE = quantity('9.5')
const debt = kopecks(500_000n)

const table: [number, bigint, string][] = [
  [0, 0n, 'not late'],
  [30, 0n, 'the last day without'],
  [31, 158n, 'the first day at 1/300'],
  [90, 9_500n, 'the last day at 1/300'],
  [91, 9_865n, 'the first day at 1/130'],
  [100, 13_154n, 'the value to check by'],
]
for (const [days, amount, what] of table) {
  test(`5 000,00 for ${days} days at 9.5 % is ${amount} kopecks: ${what}`, () => {
    expect(penaltyFor(debt, days, RATE)).toBe(amount)
  })
}

test('a later day never costs less, and a larger debt never less', () => {
  const amount = fc.bigInt(0n, 10n ** 12n).map(kopecks)
  fc.assert(
    fc.property(amount, fc.nat(2_000), fc.nat(100), (of, days, more) => {
      const first = penaltyFor(of, days, RATE)
      expect(penaltyFor(of, days + more, RATE)).toBeGreaterThanOrEqual(first)
      expect(penaltyFor(kopecks(of + BigInt(more)), days, RATE)).toBeGreaterThanOrEqual(first)
    }),
  )
})

const stated = (penalty: bigint, base: bigint, days: number) => ({
  penalty: kopecks(penalty),
  penaltyBase: kopecks(base) as Kopecks | null,
  penaltyDays: days,
  penaltyRate: RATE,
})
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ')

test('a penalty is explained by the count of days that gives billing’s sum', () => {
  const charged = penaltyWorkings(stated(11_728n, 1_234_567n, 30))
  expect(plain(charged?.formula)).toBe('12 345,67 ₽ × 30 дней × 1/300 × 9,5 %')
  expect(charged).toMatchObject({ amount: 11_728n, agrees: true, late: undefined })
  const late = penaltyWorkings(stated(13_154n, 500_000n, 100))
  expect(plain(late?.formula)).toBe(
    '5 000,00 ₽ × 60 дней × 1/300 × 9,5 % + 5 000,00 ₽ × 10 дней × 1/130 × 9,5 %',
  )
  expect(late).toMatchObject({ agrees: true, late: 100 })
  const long = penaltyWorkings(stated(10_962n, 500_000n, 30))
  expect(plain(long?.formula)).toBe('5 000,00 ₽ × 30 дней × 1/130 × 9,5 %')
  expect(long?.agrees).toBe(true)
})

test('a penalty no count explains is told with what the formula gives', () => {
  expect(penaltyWorkings(stated(1n, 500_000n, 21))).toMatchObject({ amount: 3_325n, agrees: false })
  expect(penaltyWorkings({ ...stated(1n, 1n, 1), penaltyBase: null })).toBeUndefined()
})

test('the rate is the one in force on the day', () => {
  const rates = [
    { from: '2027-01-01', percent: '16' },
    { from: '2022-02-28', percent: '9.5' },
  ]
  expect(rateOn(rates, '2022-02-27')).toBeUndefined()
  expect(rateOn(rates, '2026-12-31')).toBe(quantity('9.5'))
  expect(rateOn(rates, '2027-01-01')).toBe(quantity('16'))
})
