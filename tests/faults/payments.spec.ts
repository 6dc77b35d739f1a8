import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { closeDb, db, pool } from '@/db/client'
import { migrate } from '@/db/migrate'
import { reconcileBetween } from '@/lib/payments/reconciliation'
import { yookassa } from '@/lib/payments/yookassa'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { breachesOf, readInvariants } from '../../scripts/invariants/invariants'
import { scriptArgs } from '../../scripts/launcher/children'
import { Service, statusOf } from '../support/launcher'
import { creditedTo, paymentRow, takeMoneyThrough } from '../support/payments'
import { makeAccount } from '../support/people'
import { type Operation, TestProvider } from '../support/provider'

/** `npm run test:faults` asks for 50. */
const ROUNDS = Number(process.env.PAYMENT_ROUNDS || 3)
const PATIENCE = { timeout: 60_000, intervals: [50] }
const AMOUNT = 12_345n

/** A fixture with a value of its own gives this file a worker: a process knows one database, and the imports' is gone by now. */
const test = base.extend<object, { alone: string }>({ alone: ['payments', { scope: 'worker' }] })

test.describe.configure({ mode: 'serial' })

test.describe('the service, killed outright while it takes money', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-payments-'))
  let postgres: EmbeddedPostgres
  let bank: TestProvider
  let service: Service
  let account: Awaited<ReturnType<typeof makeAccount>>

  test.beforeAll(async () => {
    test.setTimeout(360_000)
    bank = await TestProvider.start()
    postgres = await EmbeddedPostgres.start(path.join(dataDir, 'postgres'), { throwaway: true })
    process.env.DATABASE_URL = postgres.url
    await migrate(postgres.url)
    await takeMoneyThrough(bank)
    account = await makeAccount()
    service = await Service.start(path.join(dataDir, 'service'), { ...settings(), DEMO: 'off' })
  })

  test.afterAll(async () => {
    await service?.stop()
    await closeDb()
    await postgres?.stop()
    await bank?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  for (let round = 0; round < ROUNDS; round++) {
    const lost = round % 2 === 0 ? 'timeout-after' : 'timeout-before'
    test(`round ${round + 1}: at the making (${lost}), at the notification, at the asking`, async () => {
      test.setTimeout(240_000)
      const form = JSON.stringify(formOf(account.accountNumber))
      bank.fail('create', lost)
      const asked = reached('create')
      const payer = till(form)
      await asked
      payer.kill('SIGKILL')
      await once(payer, 'exit')
      const id = await begun(round)
      expect((await paymentRow(id)).state).toBe('created')
      // Every other time the payer comes back and sends the form again; else the service finds out by itself.
      if (round % 3 === 0) await printed(till(form))
      else await hurry()
      await expect.poll(async () => (await paymentRow(id)).state, PATIENCE).toBe('pending')
      expect(bank.ofOrder(id)).toHaveLength(1)

      const theirs = bank.ofOrder(id)[0]?.id ?? ''
      bank.pay(theirs)
      const reading = reached('fetch')
      await told(bank.notificationOf(theirs))
      if (round % 2 === 0) await reading
      process.kill(service.serverPid, 'SIGKILL')
      await expect.poll(() => statusOf(`${service.url}/api/health`), PATIENCE).toBe(200)
      for (let time = 0; time < 5; time++) await told(bank.notificationOf(theirs))
      await expect.poll(async () => (await paymentRow(id)).state, PATIENCE).toBe('succeeded')
      expect((await creditedTo(account.id)).sum).toBe(AMOUNT * BigInt(round + 1))
    })
  }

  test('in the end both records agree to the kopeck, and all that must hold does', async () => {
    await expect.poll(unprocessed, PATIENCE).toBe(0)
    const hour = 3_600_000
    const at = yookassa(bank.shop)
    const [since, until] = [new Date(Date.now() - 24 * hour), new Date(Date.now() + hour)]
    expect(await reconcileBetween(at, since, until, new Date())).toEqual([])
    expect(await creditedTo(account.id)).toMatchObject({
      rows: ROUNDS,
      sum: bank.holds,
      entries: -bank.holds,
    })
    expect(bank.holds).toBe(AMOUNT * BigInt(ROUNDS))
    const client = await pool().connect()
    for (const invariant of readInvariants())
      expect({ ...invariant, ...(await breachesOf(client, invariant)) }).toMatchObject({ count: 0 })
    client.release()
  })

  function settings(): Record<string, string> {
    const { shopId, secretKey, url } = bank.shop
    return {
      DATABASE_URL: postgres.url,
      PAYMENTS: 'yookassa',
      YOOKASSA_SHOP_ID: shopId,
      YOOKASSA_SECRET_KEY: secretKey,
      YOOKASSA_URL: url,
      PAYMENT_NETWORKS: '127.0.0.1,::1',
    }
  }

  function till(form: string): ChildProcess {
    return spawn(process.execPath, [...scriptArgs('tests/support/till.ts'), form], {
      env: { ...process.env, ...settings() },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  /** When the next request of that kind comes to the provider. */
  function reached(operation: Operation): Promise<void> {
    return new Promise((resolve) => {
      bank.reached = (one) => {
        if (one === operation) resolve()
      }
    })
  }

  /** The provider tells until it is answered 200, as providers do. */
  async function told(body: string): Promise<void> {
    const send = async () => {
      try {
        const address = `${service.url}/api/payments/notify/yookassa`
        return (await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(9_000) })).status
      } catch {
        return 0
      }
    }
    await expect.poll(send, PATIENCE).toBe(200)
  }
})

function formOf(accountNumber: string) {
  const parts = [{ accountNumber, amount: '123,45', period: '' }]
  return { formKey: randomUUID(), method: 'sbp', email: 'anna@example.ru', parts }
}

async function printed(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

/** The id of the payment begun in that round. */
async function begun(round: number): Promise<string> {
  const { rows } = await db().execute(sql`select id from online_payments order by number`)
  expect(rows).toHaveLength(round + 1)
  return String(rows[round]?.id)
}

/** Lets the time pass that jobs wait for. */
async function hurry(): Promise<void> {
  await db().execute(sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`)
}

async function unprocessed(): Promise<number> {
  const { rows } = await db().execute(sql`select 1 from payment_notifications where processed_at is null`)
  return rows.length
}
