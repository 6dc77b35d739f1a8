import { sql } from 'drizzle-orm'
import { POST } from '@/app/api/payments/notify/[provider]/route'
import { db, pool } from '@/db/client'
import { balance } from '@/lib/ledger/balance'
import { reconcileBetween } from '@/lib/payments/reconciliation'
import type { PaymentInput } from '@/lib/payments/schema'
import { type Payer, startPayment } from '@/lib/payments/start'
import { yookassa } from '@/lib/payments/yookassa'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { test as base, expect } from './database'
import { creditedTo, FROM_PROVIDER, type makeHome, runJobs, takeMoneyThrough } from './payments'
import { TestProvider } from './provider'

/** The provider of this worker's tests. */
export let bank: TestProvider

/** `test` in a worker, and so a database, of its own, where money is taken through a provider on loopback: the end counts all of it. */
export const test = base.extend<object, { takingMoney: boolean }>({
  takingMoney: [
    async ({ database: _ }, use) => {
      bank = await TestProvider.start()
      await takeMoneyThrough(bank)
      await use(true)
      await bank.stop()
    },
    { scope: 'worker', auto: true },
  ],
})

export const now = () => new Date()
/** That many hours from now. */
export const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
/** The provider as the service reaches it, less patient. */
export const shop = () => yookassa({ ...bank.shop, patience: 400 })

/** Begins a payment that must begin. */
export async function begin(payer: Payer, input: PaymentInput, provider = shop()) {
  const started = await startPayment(payer, input, now(), provider)
  if (started.status !== 'ok') throw new Error(`not begun: ${JSON.stringify(started)}`)
  return started.value
}

/** The provider's number of our payment; it must have exactly one. */
export function theirId(id: string): string {
  const [found, ...more] = bank.ofOrder(id)
  if (!found || more.length > 0) throw new Error('not exactly one payment at the provider')
  return found.id
}

/** The provider tells. @returns the status it is answered */
export async function notify(
  body: string,
  { from = FROM_PROVIDER, provider = 'yookassa' } = {},
): Promise<number> {
  const request = new Request(`http://localhost/api/payments/notify/${provider}`, {
    method: 'POST',
    body,
    headers: { 'x-forwarded-for': from },
  })
  return (await POST(request, { params: Promise.resolve({ provider }) })).status
}

/** Expects the home's account to be credited with this sum and nothing else, and its balance to say so. */
export async function expectCredited(home: Awaited<ReturnType<typeof makeHome>>, sum: bigint): Promise<void> {
  expect(await creditedTo(home.id)).toMatchObject({ sum, entries: -sum })
  expect((await balance(home.subscriber, home.id, now()))?.amount).toBe(150_000n - sum)
}

/** Expects both records to agree to the kopeck once all jobs are done, and all that must hold to do so. */
export async function expectWhole(): Promise<void> {
  for (let round = 0; round < 3; round++) await runJobs()
  expect(await reconcileBetween(shop(), hours(-2), hours(2), now())).toEqual([])
  const { rows } = await db().execute(
    sql`select coalesce(sum(amount), 0)::text as sum from payments where source = 'cabinet'`,
  )
  expect(BigInt(String(rows[0]?.sum))).toBe(bank.holds)
  expect(bank.holds).toBeGreaterThan(0n)
  const { rows: runs } = await db().execute(
    sql`select theirs, ours from payment_reconciliations order by id desc limit 1`,
  )
  expect(runs[0]?.theirs).toBe(runs[0]?.ours)
  const client = await pool().connect()
  for (const invariant of readInvariants())
    expect({ ...invariant, ...(await breachesOf(client, invariant)) }).toMatchObject({ count: 0 })
  client.release()
}
