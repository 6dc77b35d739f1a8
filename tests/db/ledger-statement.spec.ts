import { db } from '@/db/client'
import { tariffs } from '@/db/schema'
import { statement, statementOf } from '@/lib/ledger/queries'
import { day } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeCharge, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

async function makeHome() {
  const { id } = await makeAccount()
  return { id, subscriber: await makeSubscriber([id]) }
}

test('a charge by the meter has the readings in force behind it, this month’s and the one before', async () => {
  const { id, subscriber } = await makeHome()
  const water = await makeService('Холодное водоснабжение')
  await makeMeter(id, {}, { '2026-06': ['300'], '2026-08': ['315.204'], '2026-10': ['321.6'] })
  await makeMeter(id, { kind: 'hot_water' }, { '2026-10': ['7'] })
  await makeCharge(id, '2026-10', water, { charged: 28_897n }, { basis: 'meter' })
  const bill = await statement(subscriber, id, period('2026-10'))
  expect(bill?.evidence.get(water)).toEqual({
    sources: [{ title: 'Холодная вода, кухня', dials: '315,204\u00a0→ 321,600', used: quantity('6.396') }],
    differs: undefined,
  })
  expect(await statementOf(await makeStaff(), id, period('2026-10'))).toEqual(bill)
})

test('what a norm is for comes from the tariffs of the time', async () => {
  const { id, subscriber } = await makeHome()
  const gas = await makeService('Газоснабжение: отопление')
  const price = { serviceId: gas, price: quantity('7') }
  await db()
    .insert(tariffs)
    .values([
      { ...price, validFrom: day('2026-01-01'), normPer: 'area' },
      { ...price, validFrom: day('2026-11-01'), normPer: 'person' },
    ])
  await makeCharge(id, '2026-10', gas, { charged: 1n }, { basis: 'norm' })
  await makeCharge(id, '2026-11', gas, { charged: 1n }, { basis: 'norm' })
  const norms = await Promise.all(
    ['2026-10', '2026-11'].map(
      async (month) => (await statement(subscriber, id, period(month)))?.rows[0]?.normPer,
    ),
  )
  expect(norms).toEqual(['area', 'person'])
})

test('a month opened otherwise than the last closed is told by how much, over a gap too', async () => {
  const { id, subscriber } = await makeHome()
  const heat = await makeService('Отопление')
  await makeCharge(id, '2026-07', heat, { opening: 900n, charged: 100n })
  await makeCharge(id, '2026-08', heat, { opening: 1_000n, charged: 100n })
  await makeCharge(id, '2026-10', heat, { opening: 13_100n, charged: 100n })
  const gaps = await Promise.all(
    ['2026-07', '2026-08', '2026-10'].map(async (month) => {
      const bill = await statement(subscriber, id, period(month))
      return [bill?.previous, bill?.next, bill?.openingGap, bill?.difference]
    }),
  )
  expect(gaps).toEqual([
    [undefined, '2026-08', undefined, undefined],
    ['2026-07', '2026-10', 0n, 0n],
    ['2026-08', undefined, 12_000n, undefined],
  ])
})

test('causes of a difference are of the versions in force, and add up to it', async () => {
  const { id, subscriber } = await makeHome()
  const [water, heat] = [await makeService('Холодное водоснабжение', 1), await makeService('Отопление', 2)]
  const by = (volume: string, tariff: string) => ({
    volume: quantity(volume),
    tariff: quantity(tariff),
    basis: 'meter' as const,
  })
  await makeCharge(id, '2026-09', water, { charged: 99_999n }, by('9', '9'))
  await makeCharge(id, '2026-09', water, { charged: 24_000n }, { ...by('6', '40'), version: 2 })
  await makeCharge(id, '2026-10', water, { charged: 35_000n, recalculated: -500n }, by('7', '50'))
  await makeCharge(id, '2026-10', heat, { charged: 31_240n }, { chargedFrom: day('2026-10-05') })
  const bill = await statement(subscriber, id, period('2026-10'))
  expect(
    bill?.rows.map(({ why }) => why.map(({ amount, words }) => [amount, words.replaceAll('\u00a0', ' ')])),
  ).toEqual([
    [
      [4_000n, 'израсходовали на 1 м³ больше'],
      [7_000n, 'тариф вырос с 40,00 до 50,00 ₽'],
      [-500n, 'перерасчёт'],
    ],
    [[31_240n, 'началось 5 октября']],
  ])
  expect(bill?.difference).toBe(kopecks(41_740n))
})

test('months whose rows are all withdrawn are passed over', async () => {
  const { id, subscriber } = await makeHome()
  const heat = await makeService('Отопление')
  await makeCharge(id, '2026-08', heat, { charged: 100n })
  await makeCharge(id, '2026-09', heat, { opening: 100n })
  await makeCharge(id, '2026-09', heat, { opening: 100n }, { version: 2, void: true })
  await makeCharge(id, '2026-10', heat, { opening: 100n })
  expect(await statement(subscriber, id, period('2026-09'))).toBeUndefined()
  expect(await statement(subscriber, id, period('2026-10'))).toMatchObject({
    previous: '2026-08',
    openingGap: 0n,
  })
  expect(await statement(subscriber, id, period('2026-08'))).toMatchObject({ next: '2026-10' })
})
