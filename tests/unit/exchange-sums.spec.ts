import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { layouts } from '@/lib/exchange/layouts'
import { StagedSums } from '@/lib/exchange/staged-sums'

const MONEY = layouts.charges.money
const row = fc.record({
  account: fc.constantFrom('1', '2', '37'),
  month: fc.constantFrom('2026-01', '2026-02'),
  service: fc.constantFrom('5', '6', '7'),
  money: fc.array(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), {
    minLength: MONEY.length,
    maxLength: MONEY.length,
  }),
})

/** Sums of big numbers by a key: one after another, as nobody would do it for a million. */
function summed(rows: readonly (readonly [key: string, values: readonly bigint[]])[]) {
  const found = new Map<string, bigint[]>()
  for (const [key, values] of rows)
    found.set(
      key,
      values.map((value, place) => value + (found.get(key)?.[place] ?? 0n)),
    )
  return found
}

test('what is added up while reading is what the rows come to, by account and month and by service', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const sums = new StagedSums()
      for (const { account, month, service, money } of rows)
        sums.add(account, month, service, Float64Array.from(money))
      const runs = sums.settled()?.split('\n').slice(0, -1) ?? []
      const accounts = runs.map((line) => {
        const [account, month, ...values] = line.split('\t')
        return [`${account} ${month}`, values.map(BigInt)] as const
      })
      const of = ({ money }: { money: number[] }, name: string) => BigInt(money[MONEY.indexOf(name)] ?? 0)
      expect(summed(accounts)).toEqual(
        summed(
          rows.map((one) => [
            `${one.account} ${one.month}`,
            [of(one, 'opening'), of(one, 'charged'), of(one, 'closing'), 1n],
          ]),
        ),
      )
      const services = [...sums.services].map(
        ([service, { rows, money }]) => [service, [...money, BigInt(rows)]] as const,
      )
      expect(summed(services)).toEqual(
        summed(rows.map(({ service, money }) => [service, [...money.map(BigInt), 1n]])),
      )
    }),
  )
})

test('a hundred thousand rows of one account are exact; what is too large to be exact is owned up to', () => {
  const sums = new StagedSums()
  const money = new Float64Array(MONEY.length).fill(9_999_999_999)
  for (let count = 0; count < 1_000_000; count += 1) sums.add('1', '2026-01', '5', money)
  const runs = sums.settled()?.split('\n').slice(0, -1) ?? []
  expect(runs.map((line) => BigInt(line.split('\t')[2] ?? 0)).reduce((a, b) => a + b)).toBe(
    9_999_999_999_000_000n,
  )
  expect(sums.services.get('5')).toEqual({ rows: 1_000_000, money: MONEY.map(() => 9_999_999_999_000_000n) })
  sums.add('1', '2026-01', '5', new Float64Array(MONEY.length).fill(10_000_000_000))
  expect(sums.settled()).toBeUndefined()
})

test('a file whose accounts stand in no order is given up in time, be it by its last row', () => {
  const money = new Float64Array(MONEY.length)
  const settled = (rows: number) => {
    const sums = new StagedSums()
    for (let count = 0; count < rows; count += 1) sums.add(String(count % 2), '2026-01', '5', money)
    return sums.settled()
  }
  expect(settled(400_000)?.split('\n')).toHaveLength(400_001)
  expect(settled(400_001)).toBeUndefined()
  expect(settled(450_000)).toBeUndefined()
})
