import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { onlinePayments, paymentNotifications } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { handOverPayments } from '@/lib/exchange/export-commands'
import { sourceOf } from '@/lib/exchange/export-rows'
import { exportRows } from '@/lib/exchange/export-stream'
import { debtsOn } from '@/lib/payments/debts'
import { demoBank } from '@/lib/payments/demo-bank'
import { decideDemoPayment, shownDemoPayment } from '@/lib/payments/demo-bank-commands'
import { currentProvider } from '@/lib/payments/providers'
import {
  paymentForPayer,
  paymentForStaff,
  paymentForVisitor,
  paymentsForStaff,
  paymentsOf,
} from '@/lib/payments/queries'
import { reconcile } from '@/lib/payments/reconciliation'
import { refreshPayment } from '@/lib/payments/refresh'
import { refundPayment } from '@/lib/payments/refunds'
import { type PaymentState, transitions } from '@/lib/payments/rules'
import { paymentFilterSchema } from '@/lib/payments/schema'
import { reconciliations } from '@/lib/payments/staff'
import { type Payer, startPayment } from '@/lib/payments/start'
import { changeSettings } from '@/lib/settings/commands'
import { kopecks } from '@/lib/units/money'
import { expect, test } from '../support/database'
import { creditedTo, form, makeHome, paymentRow, runJobs } from '../support/payments'
import { makeStaff, makeSubscriber } from '../support/people'

const now = () => new Date()
const states = Object.keys(transitions) as PaymentState[]
const all = paymentFilterSchema.parse({})

test.beforeAll(() => Object.assign(env(), { PAYMENTS: 'demo' }))
test.afterAll(() => Object.assign(env(), { PAYMENTS: 'off' }))

async function begin(payer: Payer, input: ReturnType<typeof form>) {
  const started = await startPayment(payer, input, now())
  if (started.status !== 'ok') throw new Error('not begun')
  return started.value
}

/** What a row of a state has, and nothing it must not have. */
const columnsOf: Readonly<Record<PaymentState, string>> = {
  created: 'provider_payment_id = null, next_ask_at = now(), succeeded_at = null, canceled_at = null',
  pending: 'next_ask_at = now(), succeeded_at = null, canceled_at = null',
  waiting_for_capture: 'next_ask_at = now(), succeeded_at = null, canceled_at = null',
  succeeded: 'next_ask_at = null, succeeded_at = now(), canceled_at = null',
  canceled: `next_ask_at = null, succeeded_at = null, canceled_at = now(), cancel_reason = 'x'`,
  quarantined: `next_ask_at = null, succeeded_at = null, canceled_at = null, quarantined_at = now(), quarantine_reason = 'x'`,
}

async function attempt(statements: readonly string[]): Promise<'done' | 'refused'> {
  try {
    await db().transaction(async (tx) => {
      for (const statement of statements) await tx.execute(sql.raw(statement))
      throw new Rollback()
    })
  } catch (error) {
    return error instanceof Rollback ? 'done' : 'refused'
  }
  return 'done'
}
class Rollback extends Error {}

test('the database lets a payment go exactly where the table of transitions does', async () => {
  const home = await makeHome()
  const { id } = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const set = (state: PaymentState) =>
    `update online_payments set state = '${state}', ${columnsOf[state]} where id = '${id}'`
  const unguarded = 'alter table online_payments disable trigger online_payments_keep'
  const guarded = 'alter table online_payments enable trigger online_payments_keep'
  for (const from of states)
    for (const to of states) {
      // `created` has no number of the provider's yet; everything else keeps the one it has.
      const tied = from === 'created' && to !== 'created' ? `, provider_payment_id = 'p1'` : ''
      const start = [unguarded, set(from), guarded]
      const moved = set(to).replace(' where', `${tied} where`)
      const may = from === to || transitions[from].includes(to)
      expect(await attempt([...start, moved]), `${from} → ${to}`).toBe(may ? 'done' : 'refused')
    }
})

test('what was asked, the parts and the history never change, and nothing is deleted', async () => {
  const home = await makeHome()
  const { id } = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const change = (what: string) => `update online_payments set ${what} where id = '${id}'`
  for (const what of [
    'amount = 1',
    `currency = 'USD'`,
    `method = 'card'`,
    'user_id = null',
    `email = 'x@y.ru'`,
    'idempotence_key = gen_random_uuid()',
    `provider_payment_id = 'other'`,
    `provider = 'yookassa'`,
    "state = 'succeeded'",
  ])
    expect(await attempt([change(what)]), what).toBe('refused')
  for (const table of ['online_payments', 'online_payment_parts', 'online_payment_events']) {
    const key = table === 'online_payments' ? 'id' : 'payment_id'
    expect(await attempt([`delete from ${table} where ${key} = '${id}'`]), table).toBe('refused')
  }
  expect(await attempt([`update online_payment_parts set amount = 1 where payment_id = '${id}'`])).toBe(
    'refused',
  )
  expect(await attempt([`update online_payment_events set note = 'x' where payment_id = '${id}'`])).toBe(
    'refused',
  )
  const more = `insert into online_payment_parts values ('${id}', 2, ${home.id}, 1, null)`
  expect(await attempt([more, 'set constraints all immediate'])).toBe('refused')
  expect(await attempt([change('attempts = 5')])).toBe('done')
})

test('a payer sees their own payments, and nobody another’s', async () => {
  const home = await makeHome()
  const stranger = await makeSubscriber([home.id])
  const own = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }, { method: 'card' }))
  const open = await begin({ address: '203.0.113.5' }, form({ [home.accountNumber]: 20_000n }))
  expect(await paymentForPayer(home.subscriber, own.id)).toMatchObject({
    number: own.number,
    state: 'pending',
    parts: [{ accountNumber: home.accountNumber, amount: 10_000n, refundable: 0n }],
  })
  expect(await paymentForPayer(stranger, own.id)).toBeUndefined()
  expect(await paymentForPayer(home.subscriber, open.id)).toBeUndefined()
  expect(await paymentForPayer(home.subscriber, randomUUID())).toBeUndefined()
  expect(await paymentForPayer(home.subscriber, 'x')).toBeUndefined()
  expect(await paymentForVisitor(own.id)).toBeUndefined()
  expect(await paymentForVisitor(open.id)).toMatchObject({ number: open.number, parts: [{ address: '' }] })
  expect(await paymentsOf(stranger, all)).toMatchObject({ count: 0, rows: [], paid: 0n })
  expect(await paymentsOf(home.subscriber, { ...all, method: 'sbp' })).toMatchObject({ count: 0 })
  expect(await paymentsOf(home.subscriber, all)).toMatchObject({ count: 1, rows: [{ id: own.id }] })
  const staff = await makeStaff()
  const found = await paymentsForStaff(staff, { ...all, q: home.accountNumber })
  expect(found.rows.map((row) => row.id)).toEqual([open.id, own.id])
  expect(await paymentsForStaff(staff, { ...all, q: String(own.number), state: 'pending' })).toMatchObject({
    count: 1,
  })
  expect(await paymentsForStaff(staff, { ...all, q: home.accountNumber, before: open.number })).toMatchObject(
    {
      rows: [{ id: own.id }],
    },
  )
  expect(await paymentForStaff(staff, own.id)).toMatchObject({ provider: 'demo', events: [{}, {}] })
})

test('the bank of the demo: paid and told, refused, and silent', async () => {
  const home = await makeHome()
  const pay = async (decision: 'pay' | 'refuse' | 'hang') => {
    const { id, confirmationUrl } = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
    const theirs = confirmationUrl?.split('/').at(-1) ?? ''
    expect(await shownDemoPayment(theirs)).toMatchObject({ state: 'pending', amount: 10_000n })
    const told = await db().$count(paymentNotifications)
    expect(await decideDemoPayment(theirs, decision, now())).toContain(`/personal/payments/${id}`)
    await decideDemoPayment(theirs, 'refuse', now())
    expect((await db().$count(paymentNotifications)) - told).toBe(decision === 'hang' ? 0 : 1)
    await runJobs()
    return paymentRow(id)
  }
  const paid = await pay('pay')
  expect(paid.state).toBe('succeeded')
  expect((await pay('refuse')).state).toBe('canceled')
  expect((await pay('hang')).state).toBe('succeeded')
  expect(await creditedTo(home.id)).toMatchObject({ rows: 2, sum: 20_000n })
  const back = {
    formKey: randomUUID(),
    paymentId: paid.id,
    position: 1,
    amount: kopecks(3_000n),
    reason: 'x',
  }
  expect(await refundPayment(await makeStaff(), back, now())).toMatchObject({ value: { state: 'succeeded' } })
  expect(await creditedTo(home.id)).toMatchObject({ rows: 3, sum: 17_000n, entries: -17_000n })
})

test('a payer who comes back need not wait for the bank to tell', async () => {
  const home = await makeHome()
  const { id, confirmationUrl } = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  await decideDemoPayment(confirmationUrl?.split('/').at(-1) ?? '', 'hang', now())
  const later = new Date(Date.now() + 5_000)
  await refreshPayment(null, id, later)
  await refreshPayment(await makeSubscriber([home.id]), id, later)
  await refreshPayment(home.subscriber, id, now())
  expect((await paymentRow(id)).state).toBe('pending')
  await refreshPayment(home.subscriber, id, later)
  expect((await paymentRow(id)).state).toBe('succeeded')
})

test('nor need they when it was begun by a clock that runs ahead', async () => {
  const home = await makeHome()
  const ahead = new Date(Date.now() + 25 * 3_600_000)
  const started = await startPayment(home.subscriber, form({ [home.accountNumber]: 10_000n }), ahead)
  if (started.status !== 'ok') throw new Error('not begun')
  const { id, confirmationUrl } = started.value
  await decideDemoPayment(confirmationUrl?.split('/').at(-1) ?? '', 'hang', now())
  await refreshPayment(home.subscriber, id, now())
  expect((await paymentRow(id)).state).toBe('succeeded')
})

test('billing gets a refund as a line below zero', async () => {
  const home = await makeHome()
  const { id, number, confirmationUrl } = await begin(
    home.subscriber,
    form({ [home.accountNumber]: 10_000n }),
  )
  await decideDemoPayment(confirmationUrl?.split('/').at(-1) ?? '', 'pay', now())
  await runJobs()
  const staff = await makeStaff()
  const back = { formKey: randomUUID(), paymentId: id, position: 1, amount: kopecks(2_500n), reason: 'x' }
  await refundPayment(staff, back, now())
  const handed = await handOverPayments(staff)
  if (handed.status !== 'ok') throw new Error('nothing handed over')
  const lines: unknown[] = []
  const scope = { kind: 'payments' as const, period: null, handedIn: handed.value.id, now: now() }
  for await (const rows of exportRows(sourceOf(scope)))
    for (const row of rows)
      if (JSON.stringify(row).includes(home.accountNumber)) lines.push([row.document, row.amount])
  expect(lines).toEqual([
    [{ text: `${number}/1` }, { figure: '100.00' }],
    [{ text: expect.stringMatching(`^${number}/1-В\\d+$`) }, { figure: '-25.00' }],
  ])
})

test('the bank of the demo never stands in for a real one', async () => {
  const before = { ...env() }
  try {
    Object.assign(env(), { NODE_ENV: 'production' })
    expect(await currentProvider()).toBeUndefined()
    const home = await makeHome()
    expect(await startPayment(home.subscriber, form({ [home.accountNumber]: 10_000n }), now())).toMatchObject(
      {
        status: 'refused',
        code: 'off',
      },
    )
    await db().transaction((tx) => changeSettings(tx, SERVICE, { demo: true }))
    expect((await currentProvider())?.name).toBe('demo')
    Object.assign(env(), { PAYMENTS: 'off' })
    expect(await currentProvider()).toBeUndefined()
    expect(await shownDemoPayment(randomUUID())).toBeUndefined()
  } finally {
    await db().transaction((tx) => changeSettings(tx, SERVICE, { demo: false }))
    Object.assign(env(), before)
  }
})

test('of which months a balance is, on one’s own account only', async () => {
  const home = await makeHome()
  expect(await debtsOn(home.subscriber, home.id, kopecks(150_000n))).toEqual([
    { period: '2026-10', due: 150_000n, penalty: 0n },
  ])
  expect(await debtsOn(await makeSubscriber(), home.id, kopecks(150_000n))).toBeUndefined()
})

test('the daily reconciliation of yesterday and three days before is kept with what differed', async () => {
  const home = await makeHome()
  const { id } = await begin(home.subscriber, form({ [home.accountNumber]: 10_000n }))
  const row = await paymentRow(id)
  await db().execute(
    sql`update demo_bank_payments set state = 'succeeded', captured_at = now() where id = ${row.providerPaymentId}`,
  )
  const tomorrow = new Date(Date.now() + 24 * 3_600_000)
  await reconcile(tomorrow, demoBank())
  expect((await paymentRow(id)).state).toBe('succeeded')
  const [run] = await reconciliations(await makeStaff())
  expect(run?.differences.filter((one) => one.number === row.number)).toEqual([])
  expect(run?.learned).toBeGreaterThan(0)
  expect(run?.theirs).toBe(run?.ours)
  expect(await db().$count(onlinePayments, eq(onlinePayments.id, id))).toBe(1)
})
