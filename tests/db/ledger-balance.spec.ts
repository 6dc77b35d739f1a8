import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type Balance, balance, balanceOf } from '@/lib/ledger/balance'
import { paymentsIn } from '@/lib/ledger/history'
import { ownScope } from '@/lib/ledger/queries'
import { makeCharge, makeChargesImport, makePayment, makeService, settlePayments } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

async function makeHome() {
  const { id } = await makeAccount()
  return { id, subscriber: await makeSubscriber([id]) }
}

/** The balance as the sum of everything that ever moved it. */
async function sumOfEntries(accountId: number): Promise<bigint> {
  const { rows } = await db().execute<{ sum: string }>(sql`select
    coalesce((select sum(closing - opening) from stated_charges where account_id = ${accountId}), 0)
    + coalesce((select sum(amount) from ledger_entries where account_id = ${accountId}), 0) as sum`)
  return BigInt(rows[0]?.sum ?? '0')
}

/** Looks at the account's balance and expects it to be the sum of its entries. */
async function look(home: Awaited<ReturnType<typeof makeHome>>): Promise<Balance | undefined> {
  const found = await balance(home.subscriber, home.id, NOW)
  expect(found?.amount ?? 0n).toBe(await sumOfEntries(home.id))
  return found
}

test('a payment made after the file’s moment is shown and taken off; a file made after it has it', async () => {
  const home = await makeHome()
  const heat = await makeService('Отопление')
  const first = await makeChargesImport('2026-11-03T00:00:00+03:00')
  await makeCharge(home.id, '2026-10', heat, { opening: 50_000n, charged: 100_000n }, { importId: first })
  await makePayment(home.id, { amount: 30_000n, paidAt: '2026-11-03T00:00:00+03:00' })
  expect(await look(home)).toMatchObject({ amount: 150_000n, pending: [] })
  const id = await makePayment(home.id, {
    amount: 40_000n,
    paidAt: '2026-11-20T23:30:00+03:00',
    place: 'Почта',
  })
  expect(await look(home)).toMatchObject({
    amount: 110_000n,
    state: { kind: 'owed', amount: 110_000n },
    month: { period: '2026-10', closing: 150_000n, overdue: true },
    pending: [{ id, day: '2026-11-20', amount: 40_000n, place: 'Почта' }],
  })
  const year = await paymentsIn(ownScope(home.subscriber, home.id), 2026)
  expect(year.map((payment) => payment.pending)).toEqual([true, false])

  const second = await makeChargesImport('2026-12-03T00:00:00+03:00')
  const next = { opening: 150_000n, charged: 90_000n, paid: 70_000n }
  await makeCharge(home.id, '2026-11', heat, next, { importId: second })
  await settlePayments(home.id)
  expect(await look(home)).toMatchObject({ amount: 170_000n, pending: [] })
  expect((await paymentsIn(ownScope(home.subscriber, home.id), 2026)).some((one) => one.pending)).toBe(false)
})

test('a file of a moment before the payment, loaded after it, does not hide it', async () => {
  const home = await makeHome()
  const heat = await makeService('Отопление')
  const first = await makeChargesImport('2026-11-03T00:00:00+03:00')
  await makeCharge(home.id, '2026-10', heat, { charged: 100_000n }, { importId: first })
  await makePayment(home.id, { amount: 100_000n, paidAt: '2026-11-10T12:00:00+03:00' })
  const corrected = await makeChargesImport('2026-11-05T00:00:00+03:00')
  await makeCharge(home.id, '2026-10', heat, { charged: 90_000n }, { importId: corrected, version: 2 })
  await settlePayments(home.id)
  expect(await look(home)).toMatchObject({
    amount: -10_000n,
    state: { kind: 'overpaid', amount: 10_000n },
    month: { overdue: false, accrued: 90_000n },
    pending: [{ amount: 100_000n }],
  })
})

test('enough paid since is no debt, however late it is', async () => {
  const home = await makeHome()
  const importId = await makeChargesImport('2026-11-03T00:00:00+03:00')
  await makeCharge(home.id, '2026-10', await makeService('Отопление'), { charged: 100n }, { importId })
  await makePayment(home.id, { amount: 100n, paidAt: '2026-11-21T00:00:00+03:00' })
  expect(await look(home)).toMatchObject({
    state: { kind: 'even', words: 'Долга нет' },
    month: { overdue: false },
  })
})

test('a payment of an account billing has told nothing about is not hidden', async () => {
  const home = await makeHome()
  await makePayment(home.id, { amount: 700n, paidAt: '2026-11-21T00:00:00+03:00' })
  expect(await look(home)).toMatchObject({ amount: -700n, month: undefined, pending: [{ amount: 700n }] })
  const stranger = await makeSubscriber()
  expect(await balance(stranger, home.id, NOW)).toBeUndefined()
  expect(await paymentsIn(ownScope(stranger, home.id), 2026)).toEqual([])
})

test('what billing carried over otherwise stays in the balance once', async () => {
  const home = await makeHome()
  const heat = await makeService('Отопление')
  await makeCharge(home.id, '2026-09', heat, { opening: 1_000n, charged: 100n })
  await makeCharge(home.id, '2026-10', heat, { opening: 1_500n, charged: 100n })
  expect(await look(home)).toMatchObject({ amount: 1_600n })
})

test('the last bill is found however old it is, and compared with the one before it', async () => {
  const home = await makeHome()
  const heat = await makeService('Отопление')
  for (const [month, charged] of [
    ['2025-01', 100n],
    ['2025-02', 130n],
  ] as const)
    await makeCharge(home.id, month, heat, { charged, paid: 10n })
  expect(await look(home)).toMatchObject({
    month: { period: '2025-02', difference: 30n, paid: { amount: 10n } },
  })
  await makeCharge(home.id, '2026-06', heat, { charged: 1n })
  await makeCharge(home.id, '2026-07', heat, { charged: 5n })
  expect(await look(home)).toMatchObject({ month: { period: '2026-07', difference: 4n } })
})

test('only versions in force count; a row billing no longer states is gone', async () => {
  const home = await makeHome()
  const [heat, rent] = [await makeService('Отопление'), await makeService('Наём')]
  await makeCharge(home.id, '2026-10', heat, { charged: 100n })
  await makeCharge(home.id, '2026-10', heat, { charged: 70n }, { version: 2 })
  await makeCharge(home.id, '2026-10', rent, { charged: 9n })
  await makeCharge(home.id, '2026-10', rent, { charged: 9n }, { version: 2, void: true })
  await makeCharge(home.id, '2026-11', heat, { opening: 70n, charged: 1n })
  await makeCharge(home.id, '2026-11', heat, { opening: 70n, charged: 1n }, { version: 2, void: true })
  expect(await look(home)).toMatchObject({ amount: 70n, month: { period: '2026-10', accrued: 70n } })
})

test('staff see the balance of any account', async () => {
  const home = await makeHome()
  await makeCharge(home.id, '2026-10', await makeService('Отопление'), { charged: 5n })
  expect(await balanceOf(await makeStaff(), home.id, NOW)).toEqual(await look(home))
})
