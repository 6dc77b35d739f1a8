import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { env } from '@/lib/env'
import { paymentForStaff, paymentsForStaff } from '@/lib/payments/queries'
import { reconcileSoon } from '@/lib/payments/reconcile-soon'
import { refundPayment } from '@/lib/payments/refunds'
import { paymentFilterSchema } from '@/lib/payments/schema'
import { paymentsWaiting, reconciliations } from '@/lib/payments/staff'
import { kopecks } from '@/lib/units/money'
import { bank, begin, now, shop, test, theirId } from '../support/bank'
import { expect } from '../support/database'
import { form, makeHome, runJobs } from '../support/payments'
import { makeStaff } from '../support/people'

const find = async (filter: Record<string, string>) =>
  paymentsForStaff(await makeStaff(), paymentFilterSchema.parse(filter))

async function paid(home: Awaited<ReturnType<typeof makeHome>>, method: 'card' | 'sbp', amount = 10_000n) {
  const started = await begin(home.subscriber, form({ [home.accountNumber]: amount }, { method }))
  bank.pay(theirId(started.id))
  await runJobs()
  return started
}

test('staff find payments by account, number, state, method and day, with their count and sum', async () => {
  const home = await makeHome()
  const other = await makeHome()
  const card = await paid(home, 'card')
  await paid(home, 'sbp', 2_500n)
  const open = await begin(home.subscriber, form({ [home.accountNumber]: 77_700n }))
  await paid(other, 'card')
  const q = home.accountNumber
  expect(await find({ q })).toMatchObject({ count: 3, paid: 12_500n, next: undefined })
  expect(await find({ q, method: 'card' })).toMatchObject({
    count: 1,
    paid: 10_000n,
    rows: [{ id: card.id }],
  })
  expect(await find({ q, state: 'pending' })).toMatchObject({ count: 1, paid: 0n, rows: [{ id: open.id }] })
  expect(await find({ q: String(open.number) })).toMatchObject({ rows: [{ id: open.id }] })
  expect(await find({ q, to: '2020-01-01' })).toMatchObject({ count: 0, rows: [] })
  expect(await find({ q, from: '2020-01-01', to: 'никогда' })).toMatchObject({ count: 3 })
})

test('the pages of a long list tell every payment once, and the count of all', async () => {
  const home = await makeHome()
  await db().execute(sql`
    with many as (
      insert into online_payments (submission_key, amount, method, provider, next_ask_at)
      select gen_random_uuid()::text, 100, 'sbp', 'yookassa', now() from generate_series(1, 53) returning id)
    insert into online_payment_parts (payment_id, position, account_id, amount) select id, 1, ${home.id}, 100 from many`)
  const first = await find({ q: home.accountNumber })
  const second = await find({ q: home.accountNumber, before: String(first.next) })
  expect([first.rows.length, second.rows.length, first.count, second.count]).toEqual([50, 3, 53, 53])
  expect(second.next).toBeUndefined()
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(53)
})

test('a payment before staff tells its parts, refunds and history in order; an unknown one is nothing', async () => {
  const home = await makeHome()
  const staff = await makeStaff()
  const started = await paid(home, 'card')
  const back = { formKey: randomUUID(), paymentId: started.id, position: 1, reason: 'оплачено дважды' }
  await refundPayment(staff, { ...back, amount: kopecks(4_000n) }, now(), shop())
  const found = await paymentForStaff(staff, started.id)
  expect(found).toMatchObject({
    payer: home.subscriber.login,
    state: 'succeeded',
    parts: [{ accountNumber: home.accountNumber, refundable: 6_000n }],
    refunds: [{ amount: 4_000n, state: 'succeeded', reason: 'оплачено дважды', askedBy: staff.userId }],
  })
  const refund = found?.refunds[0]?.number
  expect(found?.events.map((event) => [event.state, event.note])).toEqual([
    ['created', ''],
    ['pending', ''],
    ['succeeded', ''],
    ['succeeded', `refunded:${refund}`],
  ])
  for (const id of [randomUUID(), 'нет']) expect(await paymentForStaff(staff, id)).toBeUndefined()
})

test('«Сверить сейчас» pressed twice is one run; where nobody takes money there is none', async () => {
  const staff = await makeStaff()
  await runJobs()
  const before = await reconciliations(staff)
  for (const _ of [1, 2]) expect(await reconcileSoon(staff)).toMatchObject({ status: 'ok' })
  await runJobs()
  expect(await reconciliations(staff)).toHaveLength(before.length + 1)
  Object.assign(env(), { PAYMENTS: 'off' })
  expect(await reconcileSoon(staff)).toMatchObject({ code: 'off' })
  Object.assign(env(), { PAYMENTS: 'yookassa' })
  expect((await paymentsWaiting(staff)).quarantined).toBe(0)
})
