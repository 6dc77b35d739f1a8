import { readSheet } from 'read-excel-file/node'
import { paymentsIn, searchable, searchIn, yearIn, yearsIn } from '@/lib/ledger/history'
import { chargesCsv, chargesXlsx } from '@/lib/ledger/own-export'
import { ownScope, type Scope } from '@/lib/ledger/queries'
import { ledgerSearch } from '@/lib/ledger/schema'
import { makeCharge, makePayment, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

/** An account with charges over three years, its own view and a stranger's. */
async function makeYears() {
  const { id } = await makeAccount()
  const scope = ownScope(await makeSubscriber([id]), id)
  const stranger = ownScope(await makeSubscriber([(await makeAccount()).id]), id)
  const [heat, water] = [await makeService('Отопление', 1), await makeService('Холодное водоснабжение', 2)]
  await makeCharge(id, '2024-12', heat, { charged: 100n })
  await makeCharge(id, '2025-01', heat, { charged: 200n, recalculated: -50n })
  await makeCharge(id, '2025-01', water, { charged: 10n, benefit: 5n })
  await makeCharge(id, '2026-10', water, { charged: 20n, penalty: 3n })
  return { id, scope, stranger, heat, water }
}

const found = async (scope: Scope, query: Record<string, unknown>) =>
  (await searchIn(scope, ledgerSearch.parse(query))).map(({ period, service }) => `${period} ${service}`)

test('years and their lines', async () => {
  const { scope, stranger } = await makeYears()
  expect(await yearsIn(scope)).toEqual([2026, 2025, 2024])
  expect((await yearIn(scope, 2025)).map(({ service, charged }) => [service, charged])).toEqual([
    ['Отопление', 200n],
    ['Холодное водоснабжение', 10n],
  ])
  expect(await yearIn(scope, 2023)).toEqual([])
  expect([await yearsIn(stranger), await yearIn(stranger, 2025)]).toEqual([[], []])
})

test('a search over years by service, months, words and what stands in the row', async () => {
  const { scope, stranger, heat } = await makeYears()
  const [october, january] = ['2026-10 Холодное водоснабжение', '2025-01 Холодное водоснабжение']
  expect(await found(scope, {})).toHaveLength(4)
  expect(await found(scope, { service: String(heat) })).toEqual(['2025-01 Отопление', '2024-12 Отопление'])
  expect(await found(scope, { from: '2025-01', to: '2025-12', q: 'ХОЛОДНОЕ' })).toEqual([january])
  expect(await found(scope, { q: 'водоснаб' })).toEqual([october, january])
  expect(await found(scope, { q: '%' })).toHaveLength(4)
  expect(await found(scope, { only: 'recalculated' })).toEqual(['2025-01 Отопление'])
  expect(await found(scope, { only: ['benefit', 'penalty'] })).toEqual([october, january])
  expect(await found(scope, { q: 'такой услуги нет' })).toEqual([])
  expect(await found(stranger, {})).toEqual([])
})

test('what can be searched for', async () => {
  const { scope, stranger } = await makeYears()
  const { services, months } = await searchable(scope)
  expect(services.map(({ name }) => name)).toEqual(['Отопление', 'Холодное водоснабжение'])
  expect([months.length, months[0], months.at(-1)]).toEqual([23, '2026-10', '2024-12'])
  expect(await searchable(stranger)).toEqual({ services: [], months: [] })
})

test('a payment belongs to the year of its Moscow day', async () => {
  const { id, scope, stranger } = await makeYears()
  await makePayment(id, { amount: 1n, paidAt: '2025-12-31T21:00:00Z' })
  await makePayment(id, { amount: 2n, paidAt: '2025-12-31T20:59:59Z' })
  const days = async (year: number) => (await paymentsIn(scope, year)).map(({ day, amount }) => [day, amount])
  expect(await days(2026)).toEqual([['2026-01-01', 1n]])
  expect(await days(2025)).toEqual([['2025-12-31', 2n]])
  expect(await paymentsIn(stranger, 2026)).toEqual([])
})

async function csvOf(scope: Scope, year?: number): Promise<string> {
  let text = ''
  for await (const piece of chargesCsv(scope, year)) text += piece
  return text
}

const HEAD =
  '\uFEFFПериод;Услуга;Единица;Объём;Тариф;На начало;Начислено;Перерасчёт;Льгота;Пени;Оплачено;На конец\r\n'

test('one’s own charges as CSV: of a year or of all, the latest first, formulas disarmed', async () => {
  const { id, scope, stranger } = await makeYears()
  const odd = await makeService('=1+1;"2"', 3)
  await makeCharge(id, '2025-01', odd, { charged: -7n }, { unit: '@м', volume: null, tariff: null })
  expect(await csvOf(scope, 2025)).toBe(
    [
      `${HEAD}2025-01;Отопление;м³;6,396;45,18;0,00;2,00;-0,50;0,00;0,00;0,00;1,50`,
      '2025-01;Холодное водоснабжение;м³;6,396;45,18;0,00;0,10;0,00;0,05;0,00;0,00;0,05',
      `2025-01;"'=1+1;""2""";'@м;;;0,00;-0,07;0,00;0,00;0,00;0,00;-0,07\r\n`,
    ].join('\r\n'),
  )
  const all = await csvOf(scope)
  expect(all.split('\r\n').map((line) => line.slice(0, 7))).toEqual([
    HEAD.slice(0, 7),
    '2026-10',
    '2025-01',
    '2025-01',
    '2025-01',
    '2024-12',
    '',
  ])
  expect(await csvOf(stranger)).toBe(HEAD)
  expect(await csvOf(stranger, 2025)).toBe(HEAD)
})

test('the same as a workbook', async () => {
  const { scope, stranger } = await makeYears()
  const rows = await readSheet(await chargesXlsx(scope, 2025))
  expect(rows[1]).toEqual(['2025-01', 'Отопление', 'м³', 6.396, 45.18, 0, 2, -0.5, 0, 0, 0, 1.5])
  expect(rows).toHaveLength(3)
  expect(await readSheet(await chargesXlsx(stranger))).toHaveLength(1)
})
