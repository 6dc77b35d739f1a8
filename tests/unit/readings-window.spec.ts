import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { periodFor, windowOf, windowState } from '@/lib/readings/window'
import { addMonths, period } from '@/lib/units/period'

const moscow = (text: string) => new Date(`${text}+03:00`)

const windows: [string, number, number, string, string, string][] = [
  ['2026-11', 20, 25, '2026-11-20', '2026-11-25', 'inside a month'],
  ['2026-11', 25, 5, '2026-11-25', '2026-12-05', 'across the end of a month'],
  ['2026-12', 25, 5, '2026-12-25', '2027-01-05', 'across the end of a year'],
  ['2027-02', 15, 31, '2027-02-15', '2027-02-28', 'the 31st in February'],
  ['2028-02', 15, 31, '2028-02-15', '2028-02-29', 'the 31st in a long February'],
  ['2027-02', 31, 5, '2027-02-28', '2027-03-05', 'opens on the 31st of February'],
  ['2026-11', 1, 31, '2026-11-01', '2026-11-30', 'the whole month'],
  ['2027-02', 30, 31, '2027-02-28', '2027-02-28', 'both days past the end of February'],
  ['2026-11', 25, 25, '2026-11-25', '2026-11-25', 'one day'],
]
for (const [month, from, to, opensOn, closesOn, why] of windows) {
  test(`the window ${from}–${to} of ${month} is ${opensOn}…${closesOn}: ${why}`, () => {
    expect(windowOf(period(month), { from, to })).toMatchObject({ opensOn, closesOn })
  })
}

test('a window opens at 00:00 and closes at 24:00, Moscow time, with the server on UTC', () => {
  expect(process.env.TZ).toBe('UTC')
  const { opensAt, closesAt } = windowOf(period('2026-11'), { from: 20, to: 25 })
  expect(opensAt.toISOString()).toBe('2026-11-19T21:00:00.000Z')
  expect(closesAt.toISOString()).toBe('2026-11-25T21:00:00.000Z')
})

const moments: [string, number, number, string, boolean, string][] = [
  ['2026-11-19T23:59:59', 20, 25, '2026-11', false, 'a second before it opens'],
  ['2026-11-20T00:00:00', 20, 25, '2026-11', true, 'the moment it opens'],
  ['2026-11-25T23:59:59', 20, 25, '2026-11', true, 'the last second'],
  ['2026-11-25T23:59:59.999', 20, 25, '2026-11', true, 'the last thousandth'],
  ['2026-11-26T00:00:00', 20, 25, '2026-12', false, 'too late: the next period'],
  ['2026-11-03T12:00:00', 25, 5, '2026-10', true, 'the window of the month it opened in'],
  ['2026-11-05T23:59:59', 25, 5, '2026-10', true, 'its last second'],
  ['2026-11-06T00:00:00', 25, 5, '2026-11', false, 'after it'],
  ['2026-11-25T00:00:00', 25, 5, '2026-11', true, 'the next one opens'],
  ['2027-01-02T09:00:00', 25, 5, '2026-12', true, 'over the New Year'],
  ['2027-02-28T23:59:59', 15, 31, '2027-02', true, 'the last second of February'],
  ['2027-03-01T00:00:00', 15, 31, '2027-03', false, 'March'],
  ['2026-11-30T23:59:59', 1, 31, '2026-11', true, 'open all month'],
  ['2026-12-01T00:00:00', 1, 31, '2026-12', true, 'open all month, the next'],
]
for (const [now, from, to, month, open, why] of moments) {
  test(`at ${now} a value for the window ${from}–${to} counts for ${month}: ${why}`, () => {
    expect(periodFor(moscow(now), { from, to })).toBe(month)
    expect(windowState(moscow(now), { from, to })).toMatchObject({ period: month, open })
  })
}

test('days left are counted to the last day', () => {
  const left = (now: string) => windowState(moscow(now), { from: 15, to: 25 }).daysLeft
  expect(left('2026-11-22T00:00:00')).toBe(3)
  expect(left('2026-11-22T23:59:59')).toBe(3)
  expect(left('2026-11-25T12:00:00')).toBe(0)
})

test('a closed window tells which one was missed', () => {
  const days = { from: 15, to: 25 }
  expect(windowState(moscow('2026-11-27T10:00:00'), days).missed).toEqual({
    period: '2026-11',
    closedOn: '2026-11-25',
  })
  expect(windowState(moscow('2026-11-22T10:00:00'), days).missed).toBeUndefined()
})

test('the period is the first whose window has not closed, whatever the days', () => {
  const days = fc.record({ from: fc.integer({ min: 1, max: 31 }), to: fc.integer({ min: 1, max: 31 }) })
  const instant = fc.date({
    min: new Date('2024-01-01T00:00:00Z'),
    max: new Date('2028-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instant, days, (now, window) => {
      const found = periodFor(now, window)
      expect(now.getTime()).toBeLessThan(windowOf(found, window).closesAt.getTime())
      expect(now.getTime()).toBeGreaterThanOrEqual(windowOf(addMonths(found, -1), window).closesAt.getTime())
      expect(windowState(now, window).daysLeft).toBeGreaterThanOrEqual(0)
    }),
  )
})
