import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import { letters, onlinePaymentEvents, paymentNotifications, payments } from '@/db/schema'
import { askAbout } from '@/lib/payments/ask'
import { forgetNotifications, takeNotification } from '@/lib/payments/notifications'
import { settleQuarantine } from '@/lib/payments/quarantine'
import { reconcileBetween } from '@/lib/payments/reconciliation'
import { startPayment } from '@/lib/payments/start'
import { yookassa } from '@/lib/payments/yookassa'
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
import { expect } from '../support/database'
import { creditedTo, dying, form, makeHome, paymentRow, runJobs } from '../support/payments'
import { makeStaff } from '../support/people'
import { lostAnswers } from '../support/provider'

test('the whole way: begun, paid, told, credited once with its letter', async () => {
  const home = await makeHome()
  const started = await begin(
    home.subscriber,
    form({ [home.accountNumber]: 123_456n }, { month: '2026-10', email: 'anna@example.ru', method: 'card' }),
  )
  expect(started.confirmationUrl).toContain('/pay/')
  await expectCredited(home, 0n)
  const theirs = theirId(started.id)
  bank.pay(theirs)
  expect(await notify(bank.notificationOf(theirs))).toBe(200)
  await runJobs()
  await expectCredited(home, 123_456n)
  expect(await paymentRow(started.id)).toMatchObject({ state: 'succeeded', providerPaymentId: theirs })
  const [credit] = await db().select().from(payments).where(eq(payments.accountId, home.id))
  expect(credit).toMatchObject({ document: `${started.number}/1`, period: '2026-10', exportId: null })
  const owed = await db()
    .select()
    .from(letters)
    .where(sql`kind = 'payment-received' and payload->>'number' = ${String(started.number)}`)
  expect(owed).toMatchObject([{ toEmail: 'anna@example.ru', payload: { amount: '123456' } }])
  expect(await pathOf(started.id)).toEqual(['created', 'pending', 'succeeded'])
})

async function pathOf(id: string): Promise<unknown[]> {
  const { rows } = await db().execute(sql`
    select state from (select state, min(id) as id from online_payment_events where payment_id = ${id} group by 1) e order by id`)
  return rows.map((row) => row.state)
}

for (const failure of lostAnswers) {
  test(`making it ends in ${failure}: kept, asked again under the same key, one payment in the end`, async () => {
    const home = await makeHome()
    bank.fail('create', failure)
    const before = bank.requests.length
    const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
    expect(started.confirmationUrl).toBeNull()
    expect((await paymentRow(started.id)).state).toBe('created')
    await runJobs()
    expect(await paymentRow(started.id)).toMatchObject({ state: 'pending', attempts: 2 })
    const made = bank.requests.slice(before).filter(({ operation }) => operation === 'create')
    expect(new Set(made.map(({ key }) => key)).size).toBe(1)
    bank.pay(theirId(started.id))
    await runJobs()
    await expectCredited(home, 10_000n)
  })
}

test('a plain refusal ends it, and nothing is charged; the same form may be sent again', async () => {
  const home = await makeHome()
  const input = form({ [home.accountNumber]: 10_000n })
  bank.fail('create', 'refuse')
  expect(await startPayment(home.subscriber, input, now(), shop())).toMatchObject({
    status: 'refused',
    code: 'declined',
  })
  await runJobs()
  await expectCredited(home, 0n)
  const started = await begin(home.subscriber, input)
  expect(started.confirmationUrl).not.toBeNull()
  bank.cancel(theirId(started.id))
  await runJobs()
  expect(await paymentRow(started.id)).toMatchObject({
    state: 'canceled',
    cancelReason: 'expired_on_confirmation',
  })
})

test('a payer does not wait for a provider that is silent; its answer counts when it comes', async () => {
  const home = await makeHome()
  const input = form({ [home.accountNumber]: 10_000n })
  bank.fail('create', 'timeout-after')
  const began = performance.now()
  // With the patience of the service itself: six seconds.
  const started = await startPayment(home.subscriber, input, now(), yookassa(bank.shop))
  expect(performance.now() - began).toBeLessThan(5_500)
  if (started.status !== 'ok') throw new Error('not begun')
  expect(started.value.confirmationUrl).toBeNull()
  const silences = () =>
    db().$count(
      onlinePaymentEvents,
      and(
        eq(onlinePaymentEvents.paymentId, started.value.id),
        eq(onlinePaymentEvents.note, 'unknown:TimeoutError'),
      ),
    )
  await expect.poll(silences).toBe(1)
  await runJobs()
  expect(await paymentRow(started.value.id)).toMatchObject({
    state: 'pending',
    confirmationUrl: expect.stringContaining('/pay/'),
  })
})

test('a refusal after an answer was lost is not believed: the provider’s list tells', async () => {
  const home = await makeHome()
  bank.fail('create', 'timeout-after')
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  bank.fail('create', 'refuse')
  await runJobs()
  expect((await paymentRow(started.id)).state).toBe('pending')
  bank.pay(theirId(started.id))
  await runJobs()
  await expectCredited(home, 10_000n)
})

test('once the key is forgotten the request is not repeated: found in the list, or given up', async () => {
  const home = await makeHome()
  bank.fail('create', 'timeout-after')
  const made = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  bank.fail('create', 'timeout-before')
  const never = await begin(home.subscriber, form({ [home.accountNumber]: 20_000n }))
  const before = bank.requests.length
  expect(await askAbout(made.id, 'job', hours(24), shop())).toBe('pending')
  expect(await askAbout(never.id, 'job', hours(24), shop())).toBe('canceled')
  expect(bank.requests.slice(before).map(({ operation }) => operation)).not.toContain('create')
  bank.pay(theirId(made.id))
  await runJobs()
  await expectCredited(home, 10_000n)
})

for (const when of ['before', 'after'] as const) {
  test(`the process dies ${when} the provider is asked to make it: the job goes on`, async () => {
    const home = await makeHome()
    const input = form({ [home.accountNumber]: 10_000n })
    await expect(startPayment(home.subscriber, input, now(), dying(shop(), when))).rejects.toThrow('gone')
    await runJobs()
    // The payer comes back and sends the same form.
    const started = await begin(home.subscriber, input)
    expect(started.confirmationUrl).not.toBeNull()
    const theirs = theirId(started.id)
    bank.pay(theirs)
    await notify(bank.notificationOf(theirs))
    const [kept] = await db()
      .select()
      .from(paymentNotifications)
      .where(sql`${paymentNotifications.body} like ${`%${theirs}%`}`)
    await expect(takeNotification(kept?.id ?? '', now(), dying(shop(), when))).rejects.toThrow('gone')
    await expectCredited(home, 0n)
    await runJobs()
    await expectCredited(home, 10_000n)
  })
}

for (const table of ['payments', 'ledger_entries', 'letters', 'audit_log'] as const) {
  test(`the process dies while it writes ${table}: nothing of it is there, and it is done again`, async () => {
    const home = await makeHome()
    const started = await begin(
      home.subscriber,
      form({ [home.accountNumber]: 10_000n }, { email: 'anna@example.ru' }),
    )
    bank.pay(theirId(started.id))
    await db().execute(
      sql.raw(`create function die() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$;
      create trigger die after insert on ${table} for each row execute function die()`),
    )
    await expect(askAbout(started.id, 'notification', now(), shop())).rejects.toThrow()
    await db().execute(sql.raw(`drop trigger die on ${table}; drop function die()`))
    expect((await paymentRow(started.id)).state).toBe('pending')
    await expectCredited(home, 0n)
    await runJobs()
    await expectCredited(home, 10_000n)
  })
}

for (const behind of [25, -25]) {
  test(`begun by a clock ${behind} hours behind, its answer lost: found all the same`, async () => {
    const home = await makeHome()
    bank.fail('create', 'timeout-after')
    const input = form({ [home.accountNumber]: 10_000n })
    const started = await startPayment(home.subscriber, input, hours(-behind), shop())
    if (started.status !== 'ok') throw new Error('not begun')
    expect(await askAbout(started.value.id, 'job', now(), shop())).toBe('pending')
    bank.pay(theirId(started.value.id))
    await runJobs()
    await expectCredited(home, 10_000n)
  })
}

for (const failure of [...lostAnswers, 'refuse'] as const) {
  test(`asking ends in ${failure}: nothing changes, it is asked again`, async () => {
    const home = await makeHome()
    const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
    const theirs = theirId(started.id)
    bank.pay(theirs)
    bank.fail('fetch', failure, 2)
    await askAbout(started.id, 'notification', now(), shop())
    await askAbout(started.id, 'job', now(), shop())
    expect((await paymentRow(started.id)).state).toBe('pending')
    bank.heal()
    await runJobs()
    await expectCredited(home, 10_000n)
  })
}

test('a file of billing being loaded holds a credit up; it is done afterwards', async () => {
  const home = await makeHome()
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  bank.pay(theirId(started.id))
  const loading = await pool().connect()
  try {
    await loading.query("begin; select pg_advisory_xact_lock(hashtext('kabinet load'))")
    await expect(askAbout(started.id, 'notification', now(), shop())).rejects.toThrow()
    await expectCredited(home, 0n)
  } finally {
    await loading.query('commit')
    loading.release()
  }
  await runJobs()
  await expectCredited(home, 10_000n)
})

const misfits = [
  ['amount', { amount: 9_999n }],
  ['currency', { currency: 'USD' }],
  ['order', { order: undefined }],
] as const

test('money on its way back is not credited as well', async () => {
  const home = await makeHome()
  const staff = await makeStaff()
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const theirs = theirId(started.id)
  bank.pay(theirs)
  bank.change(theirs, { order: undefined })
  await notify(bank.notificationOf(theirs))
  await runJobs()
  const decide = (decision: 'credit' | 'return') =>
    settleQuarantine(staff, { paymentId: started.id, decision, reason: 'разобрались' }, now(), shop())
  bank.fail('refund', 'timeout-before')
  expect((await decide('return')).status).toBe('ok')
  expect(await decide('credit')).toMatchObject({ status: 'refused', code: 'returning' })
  await runJobs()
  await expectCredited(home, 0n)
})

for (const [reason, change] of misfits) {
  test(`another ${reason} than was asked: put aside for people, nothing is credited`, async () => {
    const home = await makeHome()
    const staff = await makeStaff()
    const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
    const theirs = theirId(started.id)
    bank.pay(theirs)
    bank.change(theirs, change)
    await notify(bank.notificationOf(theirs))
    await runJobs()
    expect(await paymentRow(started.id)).toMatchObject({ state: 'quarantined', quarantineReason: reason })
    await expectCredited(home, 0n)
    const decide = (decision: 'credit' | 'return' | 'close') =>
      settleQuarantine(staff, { paymentId: started.id, decision, reason: 'разобрались' }, now(), shop())
    expect(await decide('close')).toMatchObject({ status: 'refused', code: 'holds-money' })
    const credit = await decide('credit')
    if (reason === 'order') {
      expect(credit.status).toBe('ok')
      await expectCredited(home, 10_000n)
    } else if (reason === 'amount') {
      expect(credit).toMatchObject({ status: 'refused', code: 'differs' })
      bank.fail('refund', 'refuse')
      await decide('return')
      bank.fail('refund', 'timeout-before')
      expect((await decide('return')).status).toBe('ok')
      expect((await paymentRow(started.id)).state).toBe('quarantined')
      expect((await decide('return')).status).toBe('ok')
      expect(await paymentRow(started.id)).toMatchObject({ state: 'canceled', cancelReason: 'returned' })
      await expectCredited(home, 0n)
    } else {
      expect(credit).toMatchObject({ status: 'refused', code: 'foreign-currency' })
      bank.refundByHand(theirs, 10_000n)
      expect((await decide('close')).status).toBe('ok')
      await expectCredited(home, 0n)
    }
    expect((await decide('return')).status).toBe('ok')
  })
}

test('money taken for a payment that was given up is put aside, and may be credited', async () => {
  const home = await makeHome()
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const theirs = theirId(started.id)
  bank.cancel(theirs)
  await notify(bank.notificationOf(theirs))
  await runJobs()
  expect((await paymentRow(started.id)).state).toBe('canceled')
  bank.pay(theirs)
  await reconcileBetween(shop(), hours(-1), hours(1), now())
  expect(await paymentRow(started.id)).toMatchObject({
    state: 'quarantined',
    quarantineReason: 'canceled-here',
  })
  const input = { paymentId: started.id, decision: 'credit' as const, reason: 'деньги у нас' }
  expect((await settleQuarantine(await makeStaff(), input, now(), shop())).status).toBe('ok')
  await expectCredited(home, 10_000n)
})

test('notifications twentyfold, out of order, at the same time: one effect', async () => {
  const home = await makeHome()
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const theirs = theirId(started.id)
  const early = bank.notificationOf(theirs)
  bank.pay(theirs)
  const late = bank.notificationOf(theirs)
  const bodies = Array.from({ length: 20 }, (_, place) => `${place % 2 ? early : late}${' '.repeat(place)}`)
  const sent = await Promise.all([...bodies, ...bodies].map((body) => notify(body)))
  expect(new Set(sent)).toEqual(new Set([200]))
  const kept = await db()
    .select()
    .from(paymentNotifications)
    .where(sql`${paymentNotifications.body} like ${`%${theirs}%`}`)
  expect(kept).toHaveLength(20)
  await Promise.all([...kept, ...kept].map(({ id }) => takeNotification(id, now(), shop())))
  await expectCredited(home, 10_000n)
  expect(await creditedTo(home.id)).toMatchObject({ rows: 1 })
  await runJobs()
  expect(await creditedTo(home.id)).toMatchObject({ rows: 1 })
})

test('a notification from a foreign address leaves no trace; a true one about a stranger’s payment does nothing', async () => {
  const stored = () => db().$count(paymentNotifications)
  const before = await stored()
  const body = JSON.stringify({ event: 'payment.succeeded', object: { id: randomUUID() } })
  expect(await notify(body, { from: '203.0.113.7' })).toBe(403)
  expect(await notify(body, { from: '' })).toBe(403)
  expect(await notify(body, { provider: 'demo' })).toBe(404)
  expect(await notify(body, { provider: 'nobody' })).toBe(404)
  expect(await notify('x'.repeat(70_000))).toBe(413)
  expect(await stored()).toBe(before)
  expect(await notify(body)).toBe(200)
  expect(await notify('{"event": 1\0')).toBe(200)
  await runJobs()
  const outcomes = await db().select({ outcome: paymentNotifications.outcome }).from(paymentNotifications)
  expect(outcomes.map((one) => one.outcome)).toEqual(expect.arrayContaining(['refused', 'unreadable']))
})

test('the words of old notifications go, the fact stays', async () => {
  await notify(JSON.stringify({ event: 'payment.canceled', object: { id: randomUUID() } }))
  const count = await db().$count(paymentNotifications)
  await forgetNotifications(hours(24 * 89))
  expect(await db().$count(paymentNotifications, eq(paymentNotifications.body, ''))).toBe(0)
  await forgetNotifications(hours(24 * 91))
  expect(await db().$count(paymentNotifications, eq(paymentNotifications.body, ''))).toBe(count)
  await runJobs()
})

test('a notification of success before its answer came: the payment is found by its order', async () => {
  const home = await makeHome()
  bank.fail('create', 'timeout-after')
  const started = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const theirs = theirId(started.id)
  bank.pay(theirs)
  await notify(bank.notificationOf(theirs))
  const [kept] = await db()
    .select()
    .from(paymentNotifications)
    .where(sql`${paymentNotifications.body} like ${`%${theirs}%`}`)
  await takeNotification(kept?.id ?? '', now(), shop())
  await expectCredited(home, 10_000n)
})

test('ten clicks at once, and the same form from another tab: one payment, the same answer', async () => {
  const home = await makeHome()
  const input = form({ [home.accountNumber]: 10_000n })
  const all = await Promise.all(Array.from({ length: 10 }, () => begin(home.subscriber, input)))
  const first = all[0]
  expect(first?.confirmationUrl).not.toBeNull()
  for (const one of all) expect(one).toEqual(first)
  bank.pay(theirId(first?.id ?? ''))
  await runJobs()
  expect(await begin(home.subscriber, input)).toMatchObject({ id: first?.id, confirmationUrl: null })
  await expectCredited(home, 10_000n)
})

test('several accounts in one payment; without a login for any account, with one for one’s own', async () => {
  const [one, two] = [await makeHome(), await makeHome()]
  const parts = { [one.accountNumber]: 10_000n, [two.accountNumber]: 5_001n }
  const started = await begin({ address: '203.0.113.9' }, form(parts))
  expect(await startPayment(one.subscriber, form(parts), now(), shop())).toMatchObject({ status: 'invalid' })
  const nobody = form({ 'no-such-account': 10_000n })
  expect(await startPayment({ address: '203.0.113.9' }, nobody, now(), shop())).toMatchObject({
    status: 'invalid',
    errors: { accountNumber: expect.any(String) },
  })
  bank.pay(theirId(started.id))
  await runJobs()
  await expectCredited(one, 10_000n)
  await expectCredited(two, 5_001n)
})

test('too little and too much are told at the field', async () => {
  const { subscriber, accountNumber } = await makeHome()
  const pay = async (amount: bigint, method: 'card' | 'sbp') =>
    (await startPayment(subscriber, form({ [accountNumber]: amount }, { method }), now(), shop())).status
  expect(await pay(99n, 'sbp')).toBe('invalid')
  expect(await pay(250_000_01n, 'card')).toBe('invalid')
  expect(await pay(700_000_01n, 'sbp')).toBe('invalid')
})

test('in the end the provider’s record is ours to the kopeck, and all that must hold does', expectWhole)
