import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { onlineRefunds } from '@/db/schema'
import { balance } from '@/lib/ledger/balance'
import { reconcileBetween } from '@/lib/payments/reconciliation'
import { refundPayment } from '@/lib/payments/refunds'
import { kopecks } from '@/lib/units/money'
import {
  bank,
  begin,
  expectCredited,
  expectWhole,
  hours,
  notify,
  now,
  shop,
  test,
  theirId,
} from '../support/bank'
import { makeCharge, makeChargesImport, settlePayments } from '../support/billing'
import { expect } from '../support/database'
import { form, makeHome, runJobs } from '../support/payments'
import { makeStaff } from '../support/people'
import { lostAnswers } from '../support/provider'

async function paid(parts?: Readonly<Record<string, bigint>>) {
  const home = await makeHome()
  const started = await begin(
    { address: '203.0.113.9' },
    form(parts ?? { [home.accountNumber]: 10_000n }, { email: 'anna@example.ru' }),
  )
  bank.pay(theirId(started.id))
  await runJobs()
  return { home, paymentId: started.id, theirs: theirId(started.id) }
}

const giveBack = (paymentId: string, amount: bigint, formKey: string = randomUUID()) => ({
  ...{ formKey, paymentId, position: 1, reason: 'заявление' },
  amount: kopecks(amount),
})

test('a refund before success is refused; then in pieces, never more than was paid, once per form', async () => {
  const staff = await makeStaff()
  const unpaidHome = await makeHome()
  const unpaid = await begin(unpaidHome.subscriber, form({ [unpaidHome.accountNumber]: 10_000n }))
  expect(await refundPayment(staff, giveBack(unpaid.id, 1n), now(), shop())).toMatchObject({
    code: 'not-paid',
  })
  const { home, paymentId } = await paid()
  const piece = giveBack(paymentId, 4_000n)
  const clicks = await Promise.all([1, 2, 3].map(() => refundPayment(staff, piece, now(), shop())))
  for (const click of clicks) expect(click).toMatchObject({ status: 'ok' })
  await runJobs()
  await expectCredited(home, 6_000n)
  expect(await refundPayment(staff, giveBack(paymentId, 6_001n), now(), shop())).toMatchObject({
    status: 'invalid',
  })
  expect(await refundPayment(staff, giveBack(paymentId, 6_000n), now(), shop())).toMatchObject({
    status: 'ok',
    value: { state: 'succeeded' },
  })
  await expectCredited(home, 0n)
  expect(await refundPayment(staff, giveBack(paymentId, 1n), now(), shop())).toMatchObject({
    status: 'invalid',
  })
  const { rows } = await db().execute(
    sql`select kind from ledger_entries where account_id = ${home.id} and kind <> 'carried' order by id`,
  )
  expect(rows.map((row) => row.kind)).toEqual(['payment', 'refund', 'refund'])
})

for (const failure of [...lostAnswers, 'refuse'] as const) {
  test(`giving back ends in ${failure}: asked again, done once or surely not`, async () => {
    const { home, paymentId } = await paid()
    bank.fail('refund', failure)
    const result = await refundPayment(await makeStaff(), giveBack(paymentId, 2_500n), now(), shop())
    if (failure === 'refuse') {
      expect(result).toMatchObject({ status: 'refused', code: 'declined' })
      return expectCredited(home, 10_000n)
    }
    expect(result).toMatchObject({ status: 'ok', value: { state: 'created' } })
    await expectCredited(home, 10_000n)
    await runJobs()
    await expectCredited(home, 7_500n)
  })
}

test('a refund whose answer was lost is found by its name when its key is forgotten or refused', async () => {
  const { home, paymentId } = await paid()
  const staff = await makeStaff()
  bank.fail('refund', 'timeout-after')
  await refundPayment(staff, giveBack(paymentId, 2_500n), now(), shop())
  bank.fail('refund', 'refuse')
  await runJobs()
  await expectCredited(home, 7_500n)
  expect(await db().$count(onlineRefunds, eq(onlineRefunds.paymentId, paymentId))).toBe(1)
})

test('a refund made at the provider by hand is taken over, once', async () => {
  const { home, paymentId, theirs } = await paid()
  const id = bank.refundByHand(theirs, 3_000n)
  const body = JSON.stringify({ event: 'refund.succeeded', object: { id, payment_id: theirs } })
  await Promise.all([notify(body), notify(`${body} `)])
  await runJobs()
  await reconcileBetween(shop(), hours(-1), hours(1), now())
  await expectCredited(home, 7_000n)
  expect(await db().$count(onlineRefunds, eq(onlineRefunds.paymentId, paymentId))).toBe(1)
})

test('a file of billing loaded after the payment neither hides nor doubles it', async () => {
  const { home, paymentId } = await paid()
  const before = await makeChargesImport('2026-11-05T00:00:00+03:00')
  await makeCharge(
    home.id,
    '2026-10',
    home.heat,
    { opening: 50_000n, charged: 90_000n },
    { importId: before, version: 2 },
  )
  await settlePayments(home.id)
  expect((await balance(home.subscriber, home.id, now()))?.amount).toBe(130_000n)
  const after = await makeChargesImport(hours(1).toISOString())
  const next = { opening: 140_000n, charged: 10_000n, paid: 10_000n }
  await makeCharge(home.id, '2026-11', home.heat, next, { importId: after })
  await settlePayments(home.id)
  expect((await balance(home.subscriber, home.id, now()))?.amount).toBe(140_000n)
  // Given back later than those figures: owed again, though billing has the payment.
  await refundPayment(await makeStaff(), giveBack(paymentId, 4_000n), hours(2), shop())
  const [row] = await db().select().from(onlineRefunds).where(eq(onlineRefunds.paymentId, paymentId))
  expect(row?.state).toBe('succeeded')
  expect((await balance(home.subscriber, home.id, now()))?.amount).toBe(144_000n)
})

test('heard of after a file of a later moment was loaded: still shown, for that file cannot know it', async () => {
  const home = await makeHome()
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  bank.pay(theirId(started.id))
  const importId = await makeChargesImport(now().toISOString())
  await makeCharge(home.id, '2026-11', home.heat, { opening: 150_000n, charged: 10_000n }, { importId })
  await settlePayments(home.id)
  await runJobs()
  expect((await balance(home.subscriber, home.id, now()))?.amount).toBe(150_000n)
})

test('the reconciliation learns what was missed, and tells what nobody here asked for', async () => {
  const home = await makeHome()
  bank.fail('create', 'timeout-after')
  const missed = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  bank.pay(theirId(missed.id))
  const stranger = { id: randomUUID(), status: 'succeeded' as const, amount: 777n, currency: 'RUB' }
  const more = { order: undefined, createdAt: now(), capturedAt: now() }
  bank.payments.set(stranger.id, { ...stranger, ...more })
  expect(await reconcileBetween(shop(), hours(-1), hours(1), now())).toEqual([
    { kind: 'theirs-only', number: null, providerPaymentId: stranger.id, ours: null, theirs: '777' },
  ])
  await expectCredited(home, 10_000n)
  bank.payments.delete(stranger.id)
  const dropped = bank.paymentAt(theirId(missed.id))
  bank.payments.delete(dropped.id)
  expect(await reconcileBetween(shop(), hours(-1), hours(1), now())).toMatchObject([{ kind: 'ours-only' }])
  bank.payments.set(dropped.id, dropped)
  bank.fail('list', '500-before')
  await expect(reconcileBetween(shop(), hours(-1), hours(1), now())).rejects.toThrow()
})

test('in the end the provider’s record is ours to the kopeck, and all that must hold does', expectWhole)
