import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { isWaiting, momentOf, nightResult, smallestStep } from '@/lib/readings/night'
import { quantity, roundTo, toDecimal } from '@/lib/units/quantity'

const water = { digitsBefore: 5, digitsAfter: 3 }
const EVENING = new Date('2026-11-21T22:30:00+03:00')
const after = (hours: number) => new Date(EVENING.getTime() + hours * 3_600_000)

const results: [string, string, number, string, string, string][] = [
  ['321.600', '321.600', 8, '0', '0', 'none'],
  ['321.600', '321.601', 8, '0.1', '0.1', 'drip'],
  ['321.600', '321.610', 8, '1.3', '0.9', 'drip'],
  ['321.600', '321.616', 8, '2', '1.4', 'drip'],
  ['321.600', '321.617', 8, '2.1', '1.5', 'cistern'],
  ['321.600', '321.840', 8, '30', '21.6', 'cistern'],
  ['321.600', '321.841', 8, '30.1', '21.7', 'strong'],
  ['321.600', '322.600', 2, '500', '360', 'strong'],
  ['99999.999', '0.003', 8, '0.5', '0.4', 'drip'],
]
for (const [evening, morning, hours, perHour, perMonth, leak] of results) {
  test(`${evening} → ${morning} in ${hours} h is ${leak}`, () => {
    const told = nightResult(
      { value: quantity(evening), at: EVENING },
      { value: quantity(morning), at: after(hours) },
      water,
    )
    if (!told.ok) throw new Error(told.problem)
    const tenth = (value: typeof told.result.used) => toDecimal(roundTo(value, 1))
    expect([tenth(told.result.perHour), tenth(told.result.perMonth), told.result.leak]).toEqual([
      perHour,
      perMonth,
      leak,
    ])
  })
}

const refusals: [string, number, string, string][] = [
  ['321.599', 8, 'value', 'Меньше вечернего'],
  ['321.600', 1.99, 'clock', 'хотя бы 2 часа'],
  ['321.600', -3, 'clock', 'хотя бы 2 часа'],
  ['321.600', 16.01, 'clock', 'больше 16 часов'],
]
for (const [morning, hours, field, words] of refusals) {
  test(`${morning} after ${hours} h is refused at ${field}`, () => {
    const told = nightResult(
      { value: quantity('321.600'), at: EVENING },
      { value: quantity(morning), at: after(hours) },
      water,
    )
    expect(told).toMatchObject({ ok: false, field, problem: expect.stringContaining(words) })
  })
}

test('two and sixteen hours themselves are enough and not too many', () => {
  for (const hours of [2, 16])
    expect(
      nightResult({ value: quantity('1'), at: EVENING }, { value: quantity('1'), at: after(hours) }, water)
        .ok,
    ).toBe(true)
})

const moments: [string, string, string][] = [
  ['', '2026-11-22T07:15:00+03:00', '2026-11-22T07:15:00+03:00'],
  ['22:30', '2026-11-22T07:15:00+03:00', '2026-11-21T22:30:00+03:00'],
  ['06:50', '2026-11-22T07:15:00+03:00', '2026-11-22T06:50:00+03:00'],
  ['7.15', '2026-11-22T07:15:00+03:00', '2026-11-22T07:15:00+03:00'],
  ['07:20', '2026-11-22T07:15:00+03:00', '2026-11-22T07:20:00+03:00'],
  ['08:00', '2026-11-22T07:15:00+03:00', '2026-11-21T08:00:00+03:00'],
  ['00:03', '2026-11-21T23:59:00+03:00', '2026-11-22T00:03:00+03:00'],
  ['01:30', '2026-11-22T02:00:00+03:00', '2026-11-22T01:30:00+03:00'],
]
for (const [clock, now, expected] of moments) {
  test(`«${clock}» written at ${now} is ${expected}`, () => {
    expect(momentOf(clock, new Date(now))).toEqual(new Date(expected))
  })
}

test('an evening waits for its morning for a day', () => {
  expect(isWaiting(EVENING, after(24))).toBe(true)
  expect(isWaiting(EVENING, after(24.01))).toBe(false)
})

test('the least a dial shows', () => {
  for (const [digitsAfter, litres] of [
    [0, '1000'],
    [1, '100'],
    [2, '10'],
    [3, '1'],
    [5, '1'],
  ] as const)
    expect(toDecimal(smallestStep({ digitsBefore: 5, digitsAfter }))).toBe(litres)
})

test('more water in the same time is never less an hour, and what is a month is 720 hours', () => {
  const litres = fc.nat(50_000)
  fc.assert(
    fc.property(litres, litres, fc.integer({ min: 120, max: 960 }), (a, b, minutes) => {
      const perHour = (used: number) => {
        const told = nightResult(
          { value: quantity('100'), at: EVENING },
          { value: quantity((100 + used / 1_000).toFixed(3)), at: after(minutes / 60) },
          water,
        )
        if (!told.ok) throw new Error(told.problem)
        const { result } = told
        const month = result.perHour * 720n - result.perMonth * 1_000n
        if (month > 720_000n || month < -720_000n) throw new Error('a month of another length')
        return result.perHour
      }
      return a <= b ? perHour(a) <= perHour(b) : perHour(a) >= perHour(b)
    }),
    { numRuns: 2_000 },
  )
})
