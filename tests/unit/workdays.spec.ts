import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { addDays, day, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import {
  addWorkingDays,
  answerDeadline,
  calendarLoaded,
  isWorkingDay,
  nextWorkingDayOnOrAfter,
  workingDaysBetween,
  workingTimeLeft,
} from '@/lib/units/workdays'

const moscow = (text: string) => new Date(`${text}+03:00`)

const days: [string, boolean, string][] = [
  ['2026-11-23', true, 'an ordinary Monday'],
  ['2026-11-22', false, 'an ordinary Sunday'],
  ['2026-01-01', false, 'New Year holidays begin'],
  ['2026-01-09', false, 'a Friday off, moved from a Saturday in January'],
  ['2026-01-12', true, 'the first working day of 2026'],
  ['2026-12-31', false, 'a Thursday off, moved from a Sunday in January'],
  ['2026-11-03', true, 'a shortened day is a working day'],
  ['2024-04-27', true, 'a Saturday worked for a Monday'],
  ['2024-04-29', false, 'the Monday it was worked for'],
  ['2024-12-28', true, 'a Saturday worked at the end of the year'],
  ['2025-11-01', true, 'a shortened Saturday is a working day'],
  ['2025-11-03', false, 'the Monday it was worked for'],
  ['2027-02-20', true, 'the working Saturday of 2027'],
  ['2027-02-21', false, 'the Sunday after it'],
  ['2027-02-22', false, 'the Monday it was worked for'],
  ['2028-01-03', true, 'a holiday of a year that is not loaded'],
  ['2028-01-02', false, 'a Sunday of a year that is not loaded'],
]
for (const [text, working, why] of days) {
  test(`${text} is ${working ? 'worked' : 'off'}: ${why}`, () => {
    expect(isWorkingDay(day(text))).toBe(working)
  })
}

// Totals of the published calendars, counted by others than this code.
for (const [year, total] of [
  [2024, 248],
  [2025, 247],
  [2026, 247],
  [2027, 247],
] as const) {
  test(`${year} has ${total} working days`, () => {
    expect(calendarLoaded(year)).toBe(true)
    expect(workingDaysBetween(day(`${year - 1}-12-31`), day(`${year}-12-31`))).toBe(total)
  })
}

test('years outside the calendar are known to be so', () => {
  expect(calendarLoaded(2023)).toBe(false)
  expect(calendarLoaded(2028)).toBe(false)
})

const deadlines: [string, string, string][] = [
  ['2026-11-22T13:27:00', '2026-11-25', 'on a Sunday'],
  ['2026-11-23T09:00:00', '2026-11-26', 'on a Monday'],
  ['2026-11-23T23:59:59', '2026-11-26', 'in the last second of a Monday'],
  ['2026-11-24T00:00:00', '2026-11-27', 'at midnight, Moscow time'],
  ['2026-11-27T18:00:00', '2026-12-02', 'on a Friday evening'],
  ['2025-12-30T10:00:00', '2026-01-14', 'before the New Year holidays'],
  ['2026-12-28T10:00:00', '2027-01-11', 'on the last Monday of a year with two working days left'],
  ['2027-02-18T10:00:00', '2027-02-24', 'before the working Saturday of 2027'],
  ['2024-04-26T10:00:00', '2024-05-03', 'before a worked Saturday and two moved days off'],
  ['2028-12-29T10:00:00', '2029-01-03', 'in a year that is not loaded: Monday to Friday'],
]
for (const [submitted, due, when] of deadlines) {
  test(`a request sent ${when} is answered by ${due}`, () => {
    expect(answerDeadline(moscow(submitted))).toEqual({ dueOn: due, dueAt: moscow(`${due}T17:00:00`) })
  })
}

const left: [string, string, number][] = [
  ['2026-11-23T09:00:00', '2026-11-26T17:00:00', 35],
  ['2026-11-23T06:00:00', '2026-11-23T17:00:00', 9],
  ['2026-11-23T16:30:00', '2026-11-23T17:00:00', 0.5],
  ['2026-11-23T17:00:00', '2026-11-23T17:00:00', 0],
  ['2026-11-23T20:00:00', '2026-11-23T17:00:00', 0],
  ['2026-11-20T18:00:00', '2026-11-23T17:00:00', 9],
  ['2026-11-24T09:00:00', '2026-11-23T17:00:00', -1],
  ['2026-01-12T08:30:00', '2025-12-30T17:00:00', -0.5],
]
for (const [now, due, hours] of left) {
  test(`from ${now} to ${due} there are ${hours} working hours`, () => {
    expect(workingTimeLeft(moscow(now), moscow(due))).toEqual({ hours })
  })
}

test('working days are counted forwards and whole', () => {
  expect(() => addWorkingDays(day('2026-11-23'), -1)).toThrow(RangeError)
  expect(() => addWorkingDays(day('2026-11-23'), 1.5)).toThrow(RangeError)
})

const anyDay = fc.integer({ min: 0, max: 365 * 8 }).map((offset) => addDays(day('2023-01-01'), offset))
const anyCount = fc.integer({ min: 1, max: 60 })

test('the day reached is worked and exactly that many working days away', () => {
  fc.assert(
    fc.property(anyDay, anyCount, (from, count) => {
      const reached = addWorkingDays(from, count)
      expect(isWorkingDay(reached)).toBe(true)
      expect(workingDaysBetween(from, reached)).toBe(count)
      expect(workingDaysBetween(reached, from)).toBe(-count)
    }),
  )
})

test('steps add up', () => {
  fc.assert(
    fc.property(anyDay, anyCount, anyCount, (from, first, second) => {
      expect(addWorkingDays(addWorkingDays(from, first), second)).toBe(addWorkingDays(from, first + second))
    }),
  )
})

test('nothing is worked between a day and the next working day', () => {
  fc.assert(
    fc.property(anyDay, (from) => {
      const next = nextWorkingDayOnOrAfter(from)
      expect(isWorkingDay(next)).toBe(true)
      expect(workingDaysBetween(from, next)).toBe(next === from ? 0 : 1)
    }),
  )
})

test('a deadline leaves between 27 and 36 working hours, and time only runs out', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 86_399 }), fc.nat(400_000), (from, second, later) => {
      const submitted = new Date(startOfMoscowDay(from).getTime() + second * 1000)
      const { dueOn, dueAt } = answerDeadline(submitted)
      expect(moscowDay(dueAt)).toBe(dueOn)
      const { hours } = workingTimeLeft(submitted, dueAt)
      expect(hours).toBeGreaterThanOrEqual(27)
      expect(hours).toBeLessThanOrEqual(36)
      expect(workingTimeLeft(new Date(submitted.getTime() + later * 1000), dueAt).hours).toBeLessThanOrEqual(
        hours,
      )
    }),
  )
})
