import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { exportAsked, ledgerSearch, yearOfAddress } from '@/lib/ledger/schema'
import { byService, fewServices, monthsOf, type YearLine } from '@/lib/ledger/year'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, period } from '@/lib/units/period'
import { makeLine } from '../support/lines'

const line = (month: string, serviceId: number, charged: bigint): YearLine => ({
  ...makeLine({
    serviceId,
    service: `Услуга ${serviceId}`,
    charged: kopecks(charged),
    closing: kopecks(charged),
  }),
  period: period(month),
})

test('months come latest first, each with its own sums', () => {
  const months = monthsOf([line('2026-09', 1, 5n), line('2026-10', 1, 7n), line('2026-10', 2, 1n)])
  expect(months.map(({ period, accrued, closing, addsUp }) => [period, accrued, closing, addsUp])).toEqual([
    ['2026-10', 8n, 8n, true],
    ['2026-09', 5n, 5n, true],
  ])
})

test('a graph’s columns are the months’ own sums, however many services are put together', () => {
  const anyLine = fc
    .tuple(fc.nat(11), fc.nat(9), fc.bigInt(-1_000n, 10n ** 6n))
    .map(([month, service, charged]) => line(addMonths(period('2026-01'), month), service, charged))
  const lines = fc.uniqueArray(anyLine, { selector: (one) => `${one.period} ${one.serviceId}` })
  fc.assert(
    fc.property(lines, fc.integer({ min: 2, max: 8 }), (all, most) => {
      const table = byService(all)
      const few = fewServices(table, most, 'Остальные')
      expect(few.length).toBeLessThanOrEqual(most)
      const sums = monthsOf(all).map((month) => month.accrued)
      expect(table.totals).toEqual(sums.reverse())
      expect(
        table.months.map((_, place) => sumKopecks(few.map(({ amounts }) => amounts[place] ?? kopecks(0n)))),
      ).toEqual(table.totals)
    }),
  )
})

test('few services stay as they are; of many the lightest become one, the order of the bill kept', () => {
  const table = byService([1n, 900n, 5n, 800n].map((charged, place) => line('2026-10', place + 1, charged)))
  expect(fewServices(table, 4, 'Остальные')).toEqual(table.services)
  expect(fewServices(table, 3, 'Остальные').map(({ name, total }) => [name, total])).toEqual([
    ['Услуга 2', 900n],
    ['Услуга 4', 800n],
    ['Остальные', 6n],
  ])
})

test('what a search cannot read counts as not asked', () => {
  const nothing = { service: undefined, from: undefined, to: undefined, only: [], q: '' }
  expect(ledgerSearch.parse({})).toEqual(nothing)
  expect(ledgerSearch.parse({ service: '', from: '', to: '2026-13', only: 'x', q: ['a', 'b'] })).toEqual(
    nothing,
  )
  expect(ledgerSearch.parse({ service: '1e3x', only: ['benefit', 'x'] })).toEqual(nothing)
  expect(
    ledgerSearch.parse({
      service: '7',
      from: '2025-01',
      to: '2026-10',
      only: ['penalty', 'benefit'],
      q: ' вода ',
    }),
  ).toEqual({ service: 7, from: '2025-01', to: '2026-10', only: ['penalty', 'benefit'], q: 'вода' })
  expect(ledgerSearch.parse({ only: 'penalty' }).only).toEqual(['penalty'])
})

test('a year and an export of an address', () => {
  expect(['2026', '1999', '20266', '', 'x'].map((text) => yearOfAddress.parse(text))).toEqual([
    2026,
    ...Array(4).fill(undefined),
  ])
  expect(exportAsked.safeParse({ format: 'pdf' }).success).toBe(false)
  expect(exportAsked.parse({ format: 'csv', year: '2026' })).toEqual({ format: 'csv', year: 2026 })
})
