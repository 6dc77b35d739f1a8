import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { choose, withAccount } from '@/lib/accounts/rules'
import { compareMonths } from '@/lib/ledger/compare'
import {
  accrued,
  addsUp,
  dueOn,
  type Figures,
  formatTariff,
  isOverdue,
  type Line,
  stateOf,
  totalOf,
} from '@/lib/ledger/rules'
import { periodOfAddress } from '@/lib/ledger/schema'
import { day } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const figures = (
  opening: bigint,
  charged: bigint,
  paid: bigint,
  closing: bigint,
  rest: Partial<Figures> = {},
): Figures => ({
  opening: kopecks(opening),
  charged: kopecks(charged),
  recalculated: kopecks(0n),
  benefit: kopecks(0n),
  penalty: kopecks(0n),
  paid: kopecks(paid),
  closing: kopecks(closing),
  ...rest,
})

const dues: [string, number, string, string][] = [
  ['2026-11', 15, '2026-12-15', 'a Tuesday'],
  ['2026-10', 15, '2026-11-16', 'a Sunday moves to Monday'],
  ['2025-12', 9, '2026-01-12', 'past the New Year holidays'],
  ['2027-01', 31, '2027-03-01', 'the 31st in February is its last day, a Sunday'],
]
for (const [month, dueDay, due, why] of dues) {
  test(`the bill of ${month} is paid by ${due}: ${why}`, () => {
    expect(dueOn(period(month), dueDay)).toBe(due)
  })
}

test('only a debt is overdue, and only after the last day', () => {
  const due = day('2026-11-16')
  expect(isOverdue(kopecks(1n), due, day('2026-11-16'))).toBe(false)
  expect(isOverdue(kopecks(1n), due, day('2026-11-17'))).toBe(true)
  expect(isOverdue(kopecks(0n), due, day('2026-11-17'))).toBe(false)
  expect(isOverdue(kopecks(-1n), due, day('2026-11-17'))).toBe(false)
})

test('a balance is told in words and never below zero', () => {
  expect(stateOf(kopecks(481236n))).toEqual({ kind: 'owed', words: 'К оплате', amount: 481236n })
  expect(stateOf(kopecks(-31240n))).toEqual({ kind: 'overpaid', words: 'Переплата', amount: 31240n })
  expect(stateOf(kopecks(0n))).toEqual({ kind: 'even', words: 'Долга нет', amount: 0n })
})

test('a bill adds up by opening + charged + recalculated + penalty − benefit − paid', () => {
  const bill = figures(100n, 500n, 300n, 282n, {
    recalculated: kopecks(-20n),
    penalty: kopecks(7n),
    benefit: kopecks(5n),
  })
  expect(accrued(bill)).toBe(482n)
  expect(addsUp(bill)).toBe(true)
  expect(addsUp({ ...bill, closing: kopecks(283n) })).toBe(false)
})

const line = (service: string, charged: bigint, closing = charged): Line =>
  makeLine({ ...figures(0n, charged, 0n, closing), serviceId: service.codePointAt(0) ?? 0, service })

test('a month is compared service by service with the one before', () => {
  const compared = compareMonths(
    [line('Отопление', 500n), line('Пени', 20n)],
    [line('Отопление', 300n), line('Наём', 70n)],
  )
  expect(compared.rows.map(({ service, difference }) => [service, difference])).toEqual([
    ['Отопление', 200n],
    ['Пени', 20n],
  ])
  expect(compared.gone).toMatchObject([{ service: 'Наём', difference: -70n }])
  expect(compared).toMatchObject({ accrued: 520n, difference: 150n, addsUp: true })
})

test('the first month is compared with nothing', () => {
  const compared = compareMonths([line('Отопление', 500n)], [])
  expect(compared.rows[0]?.difference).toBeUndefined()
  expect(compared.difference).toBeUndefined()
})

test('two wrong rows that cancel out are still told', () => {
  expect(compareMonths([line('А', 5n, 6n), line('Б', 5n, 4n)], []).addsUp).toBe(false)
})

test('rows that add up make a total that adds up', () => {
  const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n).map(kopecks)
  const row = fc
    .record({
      opening: amount,
      charged: amount,
      recalculated: amount,
      benefit: amount,
      penalty: amount,
      paid: amount,
    })
    .map((of) => ({ ...of, closing: kopecks(of.opening + accrued(of) - of.paid) }))
  fc.assert(fc.property(fc.array(row), (rows) => addsUp(totalOf(rows))))
})

test('no balance is shown below zero', () => {
  fc.assert(fc.property(fc.bigInt(), (amount) => stateOf(kopecks(amount)).amount >= 0n))
})

test('a tariff has its kopecks and what billing gave beyond', () => {
  expect(['45.18', '21.9', '1946.2034', '7'].map((text) => formatTariff(quantity(text)))).toEqual([
    '45,18',
    '21,90',
    '1\u202f946,2034',
    '7,00',
  ])
})

test('the month of an address has one spelling', () => {
  expect(periodOfAddress.safeParse('2026-11').data).toBe('2026-11')
  for (const text of ['2026-13', '2026-00', '11.2026', '112026', '2026-1', ' 2026-11', '2026-11 ', ''])
    expect(periodOfAddress.safeParse(text).success).toBe(false)
})

test('the account asked for wins, then the remembered one, then the first; a stranger’s is none', () => {
  const own = [{ accountNumber: '0104523' }, { accountNumber: '0104999' }]
  expect(choose(own, '0104999', '0104523')).toEqual({ kind: 'one', account: own[1] })
  expect(choose(own, undefined, '0104999')).toEqual({ kind: 'one', account: own[1] })
  expect(choose(own, undefined, '0000001')).toEqual({ kind: 'one', account: own[0] })
  expect(choose(own, '0000001', '0104999')).toEqual({ kind: 'stranger' })
  expect(choose(own, '', undefined)).toEqual({ kind: 'stranger' })
  expect(choose([], undefined, '0104999')).toEqual({ kind: 'none' })
})

test('links stay with the account only when there is a choice', () => {
  expect(withAccount('/personal/ledger', '0104523', 1)).toBe('/personal/ledger')
  expect(withAccount('/personal/ledger', '0104523', 2)).toBe('/personal/ledger?account=0104523')
})
