import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { cellReaders, type Marks } from '@/lib/exchange/cells'
import { parseKopecks } from '@/lib/units/money'
import { parseQuantity } from '@/lib/units/quantity'

const auto: Marks = { decimal: 'auto', dates: 'auto', periods: 'auto' }

test('sums are read digit by digit, with the mark the profile says', () => {
  const money = (text: string, decimal: Marks['decimal'] = 'auto') =>
    cellReaders({ ...auto, decimal }).money(text)
  for (const text of ['-1872,61', '-1872.61', '-1 872,61', '\u22121\u202f872,61', '-1\u00a0872.61'])
    expect(money(text)).toBe(-187_261n)
  expect(money('-0,50')).toBe(-50n)
  expect(money('9999999999999,99')).toBe(999_999_999_999_999n)
  for (const text of ['', '1,234', '1.234,56', '1e3', '--1', '1,2,3', 'NaN'])
    expect(money(text)).toBeUndefined()
  expect(money('1.234,56', ',')).toBe(123_456n)
  expect(money('1,234.56', '.')).toBe(123_456n)
  for (const [text, decimal] of [
    ['12.34', ','],
    ['12,34', '.'],
    ['1.23,45', ','],
  ] as const)
    expect(money(text, decimal)).toBeUndefined()
})

test('the short way of reading a number and the long one never disagree', () => {
  const numbers = fc.oneof(
    fc.stringMatching(/^-?\d{0,9}([.,]\d{0,8})?$/),
    fc.stringMatching(/^-?\d{10,15}([.,]\d{0,2})?$/),
    fc.stringMatching(/^[-.,\d]{0,6}$/),
  )
  const { money, quantity } = cellReaders(auto)
  fc.assert(
    fc.property(
      numbers,
      (text) => money(text) === parseKopecks(text) && quantity(text) === parseQuantity(text),
    ),
    { numRuns: 3_000 },
  )
})

test('days are read in every way they are written', () => {
  const day = (text: string, dates: Marks['dates'] = 'auto') => cellReaders({ ...auto, dates }).day(text)
  for (const text of [
    '15.01.2026',
    '2026-01-15',
    '20260115',
    '15/1/2026',
    '15.01.2026 10:20:30',
    '46037',
    '2026-01-15T00:00:00',
  ])
    expect(day(text), text).toBe('2026-01-15')
  expect(day('44550')).toBe('2021-12-20')
  for (const text of ['', '31.02.2026', '15.01.26', '01.01.0001', '2026', '1,5'])
    expect(day(text), text).toBeUndefined()
  expect(day('20260115', 'dd.mm.yyyy')).toBeUndefined()
  expect(day('15.01.2026', 'yyyymmdd')).toBeUndefined()
  expect(day('46037', 'excel')).toBe('2026-01-15')
})

test('periods are read in every way they are written', () => {
  const period = (text: string, periods: Marks['periods'] = 'auto') =>
    cellReaders({ ...auto, periods }).period(text)
  const october = [
    '10.2026',
    '10/2026',
    '2026-10',
    '202610',
    '102026',
    'октябрь 2026',
    'Октябрь 2026 г.',
    'окт. 2026',
    'октября 2026 года',
    '01.10.2026',
    '2026-10-31',
    '46296',
  ]
  for (const text of october) expect(period(text), text).toBe('2026-10')
  for (const text of ['5.2026', 'май 2026', 'мая 2026']) expect(period(text)).toBe('2026-05')
  expect(period('март 2026')).toBe('2026-03')
  for (const text of ['', '13.2026', '2026-13', '201326', 'осень 2026', '0526', '10.202'])
    expect(period(text), text).toBeUndefined()
  expect(period('102026', 'yyyymm')).toBeUndefined()
})

test('every month is told from six digits, whichever part comes first', () => {
  const { period } = cellReaders(auto)
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2199 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const two = String(month).padStart(2, '0')
      expect(period(`${year}${two}`)).toBe(`${year}-${two}`)
      expect(period(`${two}${year}`)).toBe(`${year}-${two}`)
    }),
  )
})
