import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { helperState, shortName, untilBounds, untilProblem } from '@/lib/helper-access/rules'
import { inviteSchema, registrationSchema } from '@/lib/helper-access/schema'
import { addDays, day, startOfMoscowDay } from '@/lib/units/day'

const now = new Date('2026-11-22T12:00:00+03:00')
const terms = {
  until: day('2027-02-22'),
  inviteEndsAt: new Date('2026-12-06T12:00:00+03:00'),
  acceptedAt: null,
  endedAt: null,
  holderStands: true,
}
const accepted = { ...terms, acceptedAt: now }

const states = [
  ['invited', terms, '2026-12-06T11:59:59+03:00'],
  ['lapsed', terms, '2026-12-06T12:00:00+03:00'],
  ['paused', { ...terms, holderStands: false }, '2026-11-23T12:00:00+03:00'],
  ['active', accepted, '2027-02-22T23:59:59+03:00'],
  ['over', accepted, '2027-02-23T00:00:00+03:00'],
  ['over', { ...accepted, holderStands: false }, '2027-02-23T00:00:00+03:00'],
  ['paused', { ...accepted, holderStands: false }, '2026-11-23T12:00:00+03:00'],
  ['ended', { ...accepted, endedAt: now }, '2026-11-23T12:00:00+03:00'],
  ['ended', { ...terms, endedAt: now }, '2027-11-23T12:00:00+03:00'],
] as const

test('the state of an access follows from its days, who ended it, and whether the holder stands', () => {
  for (const [state, of, at] of states) expect(helperState(of, new Date(at)), at).toBe(state)
})

test('the last day may be today, and a year ahead at most; a day the month lacks is its last', () => {
  const today = day('2026-11-30')
  expect(untilBounds(today)).toEqual({ earliest: today, usual: '2027-02-28', latest: '2027-11-30' })
  for (const good of ['2026-11-30', '2027-02-28', '2027-11-30'])
    expect(untilProblem(day(good), today)).toBeUndefined()
  expect(untilProblem(day('2026-11-29'), today)).toContain('уже прошёл')
  expect(untilProblem(day('2027-12-01'), today)).toContain('до 30 ноября 2027')
})

test('whatever day it is, what is offered is allowed, and what is allowed lies within a year and a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -800, max: 800 }), (from, shift) => {
      const today = addDays(day('2020-01-01'), from)
      const until = addDays(today, shift)
      expect(untilProblem(untilBounds(today).usual, today)).toBeUndefined()
      if (untilProblem(until, today) === undefined) expect(shift >= 0 && shift <= 366).toBe(true)
      else expect(shift < 0 || shift >= 365).toBe(true)
      const morningAfter = startOfMoscowDay(addDays(until, 1))
      expect(helperState({ ...accepted, until }, morningAfter)).toBe('over')
      expect(helperState({ ...accepted, until }, new Date(morningAfter.getTime() - 1))).toBe('active')
    }),
  )
})

test('a name is shown short', () => {
  expect(shortName('Анна', 'Королёва-Щукина')).toBe('Анна К.')
})

test('an invitation is read or refused by field', () => {
  const form = { account: '0104523', name: ' Мария ', email: 'maria@example.ru', until: '22.02.2027' }
  expect(inviteSchema.parse(form)).toMatchObject({ name: 'Мария', until: '2027-02-22' })
  const wrong = inviteSchema.safeParse({ account: '1', name: '', email: 'мария', until: '31.02.2027' })
  const fields = new Set(wrong.error?.issues.map(({ path }) => path.join()))
  expect([...fields]).toEqual(['name', 'email', 'until'])
})

test('a sign-in wants both ticks and the same password twice', () => {
  const form = {
    token: 'a'.repeat(43),
    lastName: 'Иванова',
    firstName: 'Мария',
    password: 'четыре слова через пробел',
    repeat: 'четыре слова через пробел',
    acceptAgreement: 'on',
    acceptConsent: 'on',
  }
  expect(registrationSchema.safeParse(form).success).toBe(true)
  for (const change of [
    { acceptAgreement: undefined },
    { acceptConsent: 'off' },
    { repeat: 'другие' },
    { lastName: '123' },
    { token: '../../admin' },
  ])
    expect(registrationSchema.safeParse({ ...form, ...change }).success, JSON.stringify(change)).toBe(false)
})
