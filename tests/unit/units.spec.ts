import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { parseEnv } from '@/lib/env'
import {
  addDays,
  day,
  formatDay,
  formatInstant,
  moscowDay,
  parseDay,
  startOfMoscowDay,
} from '@/lib/units/day'
import { formatMoney, kopecks, parseKopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, dayOfPeriod, formatPeriod, parsePeriod, period, periodOf } from '@/lib/units/period'
import {
  add,
  formatDial,
  formatQuantity,
  fullTurn,
  parseQuantity,
  quantity,
  subtract,
  toDecimal,
} from '@/lib/units/quantity'

const amounts = [
  ['1 234,56', 123_456n],
  ['1234.5', 123_450n],
  ['-1872,61', -187_261n],
  ['−0,01', -1n],
  ['0', 0n],
  ['1,234', undefined],
  ['1e3', undefined],
  ['', undefined],
  ['12,', undefined],
  ['NaN', undefined],
] as const

for (const [text, amount] of amounts) {
  test(`«${text}» is ${amount ?? 'no amount'}`, () => {
    expect(parseKopecks(text)).toBe(amount)
  })
}

test('an amount printed reads back as itself', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), (amount) => {
      expect(parseKopecks(formatMoney(kopecks(amount)).replace('₽', ''))).toBe(amount)
    }),
  )
})

test('money is shown with thin spaces and a true minus', () => {
  expect(formatMoney(kopecks(123_456_789n))).toBe('1\u202f234\u202f567,89\u00a0₽')
  expect(formatMoney(kopecks(-5n))).toBe('\u22120,05\u00a0₽')
  expect(sumKopecks([kopecks(1n), kopecks(2n)])).toBe(3n)
})

test('quantities are exact and read back as themselves', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (raw) => {
      const value = subtract(add(quantity('0'), quantity('0')), quantity('0'))
      expect(value).toBe(0n)
      const text = `${raw < 0n ? '-' : ''}${(raw < 0n ? -raw : raw) / 10_000_000n}`
      expect(toDecimal(quantity(text))).toBe(text === '-0' ? '0' : text)
    }),
  )
  expect(toDecimal(quantity('315,204'))).toBe('315.204')
  expect(formatQuantity(quantity('6.3960'))).toBe('6,396')
  expect(formatDial(quantity('321.6'), 5, 3)).toBe('00321,600')
  expect(fullTurn(5)).toBe(quantity('100000'))
  expect(parseQuantity('1.12345678')).toBeUndefined()
})

const days = [
  ['2026-02-28', '2026-02-28'],
  ['28.02.2026', '2026-02-28'],
  ['2026-02-31', undefined],
  ['31.04.2026', undefined],
  ['2024-02-29', '2024-02-29'],
  ['2026-2-8', undefined],
] as const

for (const [text, expected] of days) {
  test(`«${text}» is ${expected ?? 'no day'}`, () => {
    expect(parseDay(text)).toBe(expected)
  })
}

test('the Moscow day turns at 21:00 UTC', () => {
  expect(moscowDay(new Date('2026-11-25T20:59:59Z'))).toBe('2026-11-25')
  expect(moscowDay(new Date('2026-11-25T21:00:00Z'))).toBe('2026-11-26')
  expect(startOfMoscowDay(day('2026-11-26')).toISOString()).toBe('2026-11-25T21:00:00.000Z')
  expect(formatInstant(new Date('2026-11-25T21:05:00Z'))).toBe('26 ноября 2026, 00:05')
  expect(formatDay(day('2026-12-15'), { year: false })).toBe('15 декабря')
  expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01')
})

test('periods are months', () => {
  expect(parsePeriod('2026-13')).toBeUndefined()
  expect(parsePeriod('05.2026')).toBe('2026-05')
  expect(addMonths(period('2026-01'), -1)).toBe('2025-12')
  expect(addMonths(period('2026-11'), 14)).toBe('2028-01')
  expect(dayOfPeriod(period('2026-02'), 31)).toBe('2026-02-28')
  expect(dayOfPeriod(period('2024-02'), 29)).toBe('2024-02-29')
  expect(periodOf(day('2026-11-25'))).toBe('2026-11')
  expect(formatPeriod(period('2026-12'))).toBe('декабрь 2026')
})

test('an incomplete environment is refused with names and without values', () => {
  const attempt = () =>
    parseEnv({ DATABASE_URL: 'mysql://user:hunter2@host', PUBLIC_URL: 'http://localhost:3000' })
  expect(attempt).toThrow(/DATABASE_URL[\s\S]*AUTH_SECRET[\s\S]*PASSPORT_KEY/)
  expect(attempt).not.toThrow(/hunter2/)
})

test('a mail transport without its address is refused', () => {
  const key = Buffer.alloc(32).toString('base64')
  const whole = {
    DATABASE_URL: 'postgres://localhost/x',
    PUBLIC_URL: 'http://localhost:3000/any',
    AUTH_SECRET: 'x'.repeat(32),
    PASSPORT_KEY: key,
    INDEX_KEY: key,
    LINK_KEY: key,
    TOTP_KEY: key,
  }
  expect(parseEnv(whole).PUBLIC_URL).toBe('http://localhost:3000')
  expect(() => parseEnv({ ...whole, MAIL_TRANSPORT: 'smtp' })).toThrow('SMTP_URL')
  expect(() => parseEnv({ ...whole, MAIL_TRANSPORT: 'resend' })).toThrow('RESEND_API_KEY')
})
