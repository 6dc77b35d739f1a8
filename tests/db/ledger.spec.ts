import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { charges } from '@/db/schema'
import { balance } from '@/lib/ledger/balance'
import { periods, statement } from '@/lib/ledger/queries'
import { addMonths, period } from '@/lib/units/period'
import { makeCharge, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

async function makeHome() {
  const { id } = await makeAccount()
  return { id, subscriber: await makeSubscriber([id]) }
}

test('the balance is the sum of the rows of the last month, to the kopeck', async () => {
  const { id, subscriber } = await makeHome()
  const services = await Promise.all(['Отопление', 'Водоотведение', 'Наём'].map((name) => makeService(name)))
  let seed = 7n
  for (let month = 0; month < 24; month += 1)
    for (const service of services) {
      seed = (seed * 1_103_515_245n + 12_345n) % 2_147_483_648n
      await makeCharge(id, addMonths(period('2024-11'), month), service, {
        opening: seed % 100_001n,
        charged: (seed / 3n) % 400_003n,
        recalculated: -(seed % 7_001n),
        paid: (seed / 7n) % 300_007n,
      })
    }
  const found = await balance(subscriber, id, NOW)
  const { rows } = await db().execute<{ closing: string }>(
    sql`select sum(closing)::text as closing from ${charges} where account_id = ${id} and period = '2026-10'`,
  )
  const told = found?.state.kind === 'overpaid' ? -found.state.amount : found?.state.amount
  expect(found?.month?.period).toBe('2026-10')
  expect(String(told)).toBe(rows[0]?.closing)
  const all = await periods(subscriber, id)
  expect(all).toHaveLength(24)
  expect(all.every((row) => row.addsUp && row.opening + row.accrued - row.paid === row.closing)).toBe(true)
  const bill = await statement(subscriber, id, period('2026-10'))
  expect(bill?.total.closing).toBe(all[0]?.closing)
  expect(bill?.accrued).toBe(all[0]?.accrued)
  expect(found?.month?.difference).toBe((all[0]?.accrued ?? 0n) - (all[1]?.accrued ?? 0n))
})

test('what is owed has its day, and is overdue after it', async () => {
  const { id, subscriber } = await makeHome()
  await makeCharge(id, '2026-10', await makeService('Отопление'), { charged: 481_236n })
  const at = (now: string) => balance(subscriber, id, new Date(`${now}+03:00`))
  expect(await at('2026-11-16T23:59:59')).toMatchObject({
    state: { kind: 'owed', words: 'К оплате', amount: 481_236n },
    month: { dueOn: '2026-11-16', overdue: false, difference: undefined },
  })
  expect(await at('2026-11-17T00:00:00')).toMatchObject({ month: { overdue: true } })
})

test('an overpayment is called so', async () => {
  const { id, subscriber } = await makeHome()
  await makeCharge(id, '2026-10', await makeService('Отопление'), { charged: 100n, paid: 31_340n })
  expect(await balance(subscriber, id, NOW)).toMatchObject({
    state: { kind: 'overpaid', words: 'Переплата', amount: 31_240n },
    month: { overdue: false },
  })
})

test('a bill that does not add up is flagged and shown as it came', async () => {
  const { id, subscriber } = await makeHome()
  const [first, second] = [await makeService('Отопление', 1), await makeService('Наём', 2)]
  await makeCharge(id, '2026-10', first, { charged: 100n, closing: 101n })
  await makeCharge(id, '2026-10', second, { charged: 100n, closing: 99n })
  await makeCharge(id, '2026-09', first, { charged: 100n })
  await makeCharge(id, '2026-08', first, { charged: 100n })
  await makeCharge(id, '2026-08', second, { charged: 100n, closing: 99n })
  expect((await periods(subscriber, id)).map((row) => row.addsUp)).toEqual([false, true, false])
  expect(await statement(subscriber, id, period('2026-10'))).toMatchObject({
    addsUp: false,
    total: { closing: 200n },
  })
})

test('a bill is laid out by service with the months beside it', async () => {
  const { id, subscriber } = await makeHome()
  const [heat, water, rent] = [
    await makeService('Отопление', 1),
    await makeService('Холодное водоснабжение', 2),
    await makeService('Наём', 3),
  ]
  await makeCharge(id, '2026-08', heat, { charged: 1n })
  await makeCharge(id, '2026-09', heat, { charged: 224_869n, paid: 100n })
  await makeCharge(id, '2026-09', rent, { charged: 70n })
  await makeCharge(id, '2026-10', water, { charged: 28_897n, recalculated: -97n })
  await makeCharge(id, '2026-10', heat, { opening: 224_769n, charged: 254_681n, paid: 449_996n })
  const bill = await statement(subscriber, id, period('2026-10'))
  expect(bill?.rows.map(({ service, accrued, difference }) => [service, accrued, difference])).toEqual([
    ['Отопление', 254_681n, 29_812n],
    ['Холодное водоснабжение', 28_800n, 28_800n],
  ])
  expect(bill).toMatchObject({
    previous: '2026-09',
    next: undefined,
    gone: [{ service: 'Наём', difference: -70n }],
  })
  const first = await statement(subscriber, id, period('2026-08'))
  expect(first).toMatchObject({ previous: undefined, next: '2026-09', difference: undefined })
  expect(await statement(subscriber, id, period('2026-07'))).toBeUndefined()
  const now = await balance(subscriber, id, NOW)
  expect(now?.month?.paid).toEqual({ period: '2026-10', amount: 449_996n })
})

test('an account of others shows nothing, like one that does not exist', async () => {
  const [home, other] = [await makeHome(), await makeHome()]
  await makeCharge(other.id, '2026-10', await makeService('Отопление'), { charged: 100n, paid: 5n })
  for (const id of [other.id, 999_999_999]) {
    expect(await balance(home.subscriber, id, NOW)).toBeUndefined()
    expect(await periods(home.subscriber, id)).toEqual([])
    expect(await statement(home.subscriber, id, period('2026-10'))).toBeUndefined()
  }
})

test('an account billing has told nothing about has no balance', async () => {
  const { id, subscriber } = await makeHome()
  expect(await balance(subscriber, id, NOW)).toBeUndefined()
})
