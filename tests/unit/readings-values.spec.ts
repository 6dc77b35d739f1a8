import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { averageUse, compare, lowerMessage, readTyped, standing } from '@/lib/readings/rules'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { fullTurn, type MeterValue, parseQuantity, quantity } from '@/lib/units/quantity'

const water = { digitsBefore: 5, digitsAfter: 3 }
const power = { digitsBefore: 6, digitsAfter: 0 }

const accepted: [string, string][] = [
  ['123,4', '123.4'],
  ['123.4', '123.4'],
  ['00123', '123'],
  ['0000000000000000123', '123'],
  ['0', '0'],
  ['00000,000', '0'],
  ['12 655', '12655'],
  ['  00321,600\t', '321.6'],
  ['12\u00a0655,1', '12655.1'],
  ['12\u202f655', '12655'],
  ['99999,999', '99999.999'],
]
for (const [text, value] of accepted) {
  test(`typed ${JSON.stringify(text)} is ${value}`, () => {
    expect(readTyped(text, water)).toEqual({ ok: true, value: quantity(value) })
  })
}

const NOT_DIGITS = 'Нужны только цифры и запятая, как на счётчике.'
const BELOW_ZERO = 'Показание не бывает меньше нуля. Введите цифры без минуса.'
const refusedWater: [string, string][] = [
  ['', 'Введите показание.'],
  ['   ', 'Введите показание.'],
  ['1e3', NOT_DIGITS],
  ['NaN', NOT_DIGITS],
  ['Infinity', NOT_DIGITS],
  ['0x10', NOT_DIGITS],
  ['1,234.5', NOT_DIGITS],
  ['123,', NOT_DIGITS],
  [',5', NOT_DIGITS],
  ['+5', NOT_DIGITS],
  ['١٢٣', NOT_DIGITS],
  ['-0', BELOW_ZERO],
  ['-12', BELOW_ZERO],
  ['\u221212', BELOW_ZERO],
  ['123456', 'До запятой у этого счётчика не больше 5 цифр. Проверьте, нет ли лишней.'],
  ['1,2345', 'После запятой у этого счётчика не больше 3 цифр.'],
]
for (const [text, error] of refusedWater) {
  test(`typed ${JSON.stringify(text)} is refused`, () => {
    expect(readTyped(text, water)).toEqual({ ok: false, error })
  })
}

test('a dial without decimals takes none', () => {
  const error = 'У этого счётчика нет цифр после запятой. Введите целое число.'
  expect(readTyped('12655,1', power)).toEqual({ ok: false, error })
  expect(readTyped('012655', power)).toEqual({ ok: true, value: quantity('12655') })
})

test('a dial of one digit is spoken of in the singular', () => {
  const dial = { digitsBefore: 1, digitsAfter: 1 }
  expect(readTyped('12', dial)).toMatchObject({ error: expect.stringContaining('не больше 1 цифры.') })
})

test('the longest text is read quickly', () => {
  const before = process.cpuUsage()
  expect(readTyped('9'.repeat(10_000), water).ok).toBe(false)
  expect(readTyped(`${' '.repeat(9_999)}x`, water).ok).toBe(false)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(200)
})

const verdicts: [string, string | undefined, string, string | undefined, string][] = [
  ['321.6', '315.204', 'used', '6.396', 'more than before'],
  ['315.204', '315.204', 'used', '0', 'the same value used nothing'],
  ['5', undefined, 'first', undefined, 'nothing to compare with'],
  ['315.203', '315.204', 'lower', undefined, 'a thousandth lower'],
  ['3', '99998', 'turned', '5', 'past zero'],
  ['0', '99999.999', 'turned', '0.001', 'one step past zero'],
  ['9999.999', '90000', 'turned', '19999.999', 'the edges of the last and the first tenth'],
  ['10000', '99998', 'lower', undefined, 'not in the first tenth any more'],
  ['3', '89999.999', 'lower', undefined, 'not yet in the last tenth'],
  ['3', '100001', 'lower', undefined, 'a previous value the dial cannot show'],
]
for (const [value, previous, kind, used, why] of verdicts) {
  test(`${value} after ${previous ?? 'nothing'} is ${kind}: ${why}`, () => {
    const verdict = compare(quantity(value), previous === undefined ? undefined : quantity(previous), water)
    expect(verdict).toEqual(used === undefined ? { kind } : { kind, used: quantity(used) })
  })
}

test('a lower value is told with the previous one as on the dial', () => {
  expect(lowerMessage(quantity('315.204'), water)).toBe('Меньше прошлых 00315,204. Проверьте цифры.')
})

const TODAY = day('2026-11-22')
const standings: [string | null, string | null, string][] = [
  [null, null, 'good'],
  [null, '2026-11-22', 'good'],
  [null, '2026-11-21', 'expired'],
  ['2026-11-23', null, 'good'],
  ['2026-11-22', null, 'removed'],
  ['2026-11-01', '2026-01-01', 'removed'],
]
for (const [removed, verified, expected] of standings) {
  test(`removed ${removed}, verified until ${verified}: ${expected}`, () => {
    const meter = { removedOn: removed ? day(removed) : null, verifiedUntil: verified ? day(verified) : null }
    expect(standing({ ...meter, automatic: false }, TODAY)).toBe(expected)
    expect(standing({ ...meter, automatic: true }, TODAY)).toBe(
      expected === 'removed' ? 'removed' : 'automatic',
    )
  })
}

const point = (month: string, value: string, rolledOver = false) => ({
  period: period(month),
  value: quantity(value),
  rolledOver,
})

test('the average is of up to six months, gaps and a passed zero included', () => {
  expect(averageUse([], water)).toBeUndefined()
  expect(averageUse([point('2026-10', '5')], water)).toBeUndefined()
  expect(averageUse([point('2026-10', '16'), point('2026-08', '5')], water)).toBe(quantity('5.5'))
  expect(averageUse([point('2026-09', '99998'), point('2026-10', '3', true)], water)).toBe(quantity('5'))
  expect(averageUse([point('2026-01', '0'), point('2026-09', '100'), point('2026-10', '106')], water)).toBe(
    quantity('6'),
  )
  expect(averageUse([point('2026-09', '100'), point('2026-10', '151')], power)).toBe(quantity('51'))
  expect(averageUse([point('2026-08', '100'), point('2026-10', '151')], power)).toBe(quantity('26'))
  expect(averageUse([point('2026-09', '100'), point('2026-10', '50')], water)).toBeUndefined()
})

const dials = fc.record({
  digitsBefore: fc.integer({ min: 1, max: 9 }),
  digitsAfter: fc.integer({ min: 0, max: 7 }),
})

test('reading what was typed never throws, and what it accepts fits the dial', () => {
  const digitsAndNoise = fc.string({ unit: fc.constantFrom(...'0123456789,. -+eE\u00a0x') })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), digitsAndNoise), dials, (text, dial) => {
      const typed = readTyped(text, dial)
      if (!typed.ok) return expect(typed.error).toMatch(/^[А-Я].*\.$/)
      expect(typed.value).toBeGreaterThanOrEqual(0n)
      expect(typed.value).toBeLessThan(fullTurn(dial.digitsBefore))
    }),
    { numRuns: 2_000 },
  )
})

test('nothing a person types uses less than nothing, nor more than a fifth of the dial past zero', () => {
  const onDial = dials.chain((dial) => {
    const steps = 10n ** BigInt(dial.digitsBefore) - 1n
    const value = fc
      .tuple(fc.bigInt(0n, steps), fc.bigInt(0n, 10n ** BigInt(dial.digitsAfter) - 1n))
      .map(([whole, rest]) =>
        parseQuantity(`${whole}.${String(rest).padStart(dial.digitsAfter, '0') || '0'}`),
      )
    return fc.record({ dial: fc.constant(dial), value, previous: value })
  })
  fc.assert(
    fc.property(onDial, ({ dial, value, previous }) => {
      if (value === undefined || previous === undefined) throw new Error('the generator is broken')
      const verdict = compare(value, previous, dial)
      if (verdict.kind === 'lower') return expect(value).toBeLessThan(previous)
      if (verdict.kind === 'first') throw new Error('there was a previous value')
      expect(verdict.used).toBeGreaterThanOrEqual(0n)
      const turn = verdict.kind === 'turned' ? fullTurn(dial.digitsBefore) : 0n
      expect(previous + verdict.used).toBe((value + turn) as MeterValue)
      if (verdict.kind === 'turned') expect(verdict.used * 5n).toBeLessThan(turn)
    }),
    { numRuns: 2_000 },
  )
})
