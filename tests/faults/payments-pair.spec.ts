import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type SQL, sql } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import { settleQuarantine } from '@/lib/payments/quarantine'
import { startPayment } from '@/lib/payments/start'
import { yookassa } from '@/lib/payments/yookassa'
import type { Staff } from '@/lib/session/require'
import { waitUntil } from '../../scripts/embedded/processes'
import { breachesOf, readInvariants } from '../../scripts/invariants/invariants'
import { Pair } from '../support/pair'
import { Payer } from '../support/payer'
import { form } from '../support/payments'
import { makeAccount, makeStaff } from '../support/people'
import { type Failure, lostAnswers } from '../support/provider'
import { type Strike, strikes } from '../support/strikes'

/** `npm run test:faults` asks for 50. */
const ROUNDS = Number(process.env.PAYMENT_ROUNDS || 1)
const PATIENCE = { timeout: 60_000, intervals: [300] }
const CLICKS = 10
const NOTIFICATIONS = 20
const DAY_AND_HOUR = 25 * 3_600_000
/** The ways an answer is lost at once; those that take their time have rounds of their own. */
const quick = lostAnswers.filter((failure) => !failure.startsWith('timeout'))

const test = base.extend<object, { alone: string }>({ alone: ['pair', { scope: 'worker' }] })

test.describe.configure({ mode: 'serial' })

test.describe('two copies of the service on one database, while it takes money', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-pair-'))
  let pair: Pair
  let staff: Staff
  const accounts: { accountNumber: string }[] = []

  test.beforeAll(async () => {
    test.setTimeout(400_000)
    // A disk is made and mounted only where the rounds were asked for.
    pair = await Pair.start(dataDir, process.env.PAYMENT_ROUNDS !== undefined)
    staff = await makeStaff()
    for (const _ of lostAnswers) accounts.push(await makeAccount())
  })

  test.afterAll(async () => {
    await pair?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  for (let round = 0; round < ROUNDS; round++) {
    for (const [words, strike] of Object.entries(strikes))
      test(`round ${round + 1}: ${words}`, async () => {
        test.setTimeout(240_000)
        test.skip(
          words.includes('disk') && !pair.hasOwnDisk,
          'asked for by npm run test:faults, and only root can make a small disk',
        )
        const failure = quick[round % quick.length] ?? '429'
        // In turn while payments are begun and while the provider tells of them.
        const early = round % 2 === 0
        const payments = await begin(2, [failure], early ? struckBy(strike, round) : undefined)
        await tell(payments, [failure], early ? undefined : struckBy(strike, round))
        await agree()
      })

    test(`round ${round + 1}: every answer of the provider goes wrong`, async () => {
      test.setTimeout(240_000)
      await tell(await begin(lostAnswers.length, lostAnswers), lostAnswers)
      await agree()
    })

    test(`round ${round + 1}: the clock is a day and an hour wrong`, async () => {
      test.setTimeout(240_000)
      // The payment is made and its answer is lost: however late, it must be found and not given up.
      const failure = round % 2 === 0 ? '500-after' : 'bad-json'
      const before = await lastNumber()
      // The last is the one whose amount will be another.
      for (const wrong of [DAY_AND_HOUR, -DAY_AND_HOUR, 0]) {
        pair.bank.fail('create', failure)
        const asked = form({ [accounts[0]?.accountNumber ?? '']: 12_345n })
        const now = new Date(Date.now() + wrong)
        await startPayment({ address: `clock ${round}` }, asked, now, yookassa(pair.bank.shop))
      }
      await tell(await begunSince(before, 3), [failure])
      await agree()
    })
  }

  test.afterAll(() =>
    console.log(
      `slowest answer ${pair?.slowestAnswer} ms, return after the database's ${pair?.slowestReturn} ms`,
    ),
  )

  /** What happens to the pair, and that it is back in time. */
  function struckBy(strike: Strike, round: number): () => Promise<void> {
    return async () => {
      await strike(pair, round)
      if (strike === strikes['one copy killed outright']) return
      await pair.backAgain()
    }
  }

  /** So many people fill the form in and click ten times each. @returns the ids of their payments, one for each */
  async function begin(people: number, failures: readonly Failure[], struck?: () => Promise<void>) {
    const before = await lastNumber()
    const payers = await Promise.all(
      accounts.slice(0, people).map(({ accountNumber }) => Payer.open(pair, accountNumber)),
    )
    for (const failure of failures) pair.bank.fail('create', failure)
    const asked = pair.reached('create')
    const pressing = Promise.all(payers.map((payer) => payer.press(CLICKS)))
    if (struck) await asked.then(struck)
    await pressing
    await expect
      .poll(async () => {
        await Promise.all(payers.map((payer) => (payer.begun ? undefined : payer.press(2))))
        return payers.every((payer) => payer.begun)
      }, PATIENCE)
      .toBe(true)
    return begunSince(before, people)
  }

  /** Every payment is known to the provider once, paid, and told of twentyfold; of the last another amount is taken. */
  async function tell(
    payments: readonly string[],
    failures: readonly Failure[],
    struck?: () => Promise<void>,
  ) {
    const { bank } = pair
    const made = async () => {
      await hurry()
      return payments.map((id) => bank.ofOrder(id).length)
    }
    await expect.poll(made, PATIENCE).toEqual(payments.map(() => 1))
    const theirs = payments.flatMap((id) => bank.ofOrder(id)).map(({ id }) => id)
    const early = theirs.map((id) => bank.notificationOf(id))
    const wrong = theirs.at(-1) ?? ''
    bank.change(wrong, { amount: 12_344n })
    for (const id of theirs) bank.pay(id)
    const late = theirs.map((id) => bank.notificationOf(id))
    for (const failure of failures) bank.fail('fetch', failure)
    const asked = pair.reached('fetch')
    const telling = Promise.all(mixed(early, late).map((body, place) => heard(place, body)))
    if (struck) await asked.then(struck)
    await telling
    for (const body of late) expect(await pair.tell(0, `${body}\t`, '203.0.113.7')).toBe(403)
    const states = payments.map((_, place) => (place === payments.length - 1 ? 'quarantined' : 'succeeded'))
    await expect.poll(() => statesOf(payments), PATIENCE).toEqual(states)
    const back = { paymentId: payments.at(-1) ?? '', decision: 'return' as const, reason: 'другая сумма' }
    await expect
      .poll(() => settleQuarantine(staff, back, new Date(), yookassa(bank.shop)), PATIENCE)
      .toMatchObject({ status: 'ok' })
  }

  /** The provider tells until it is answered 200, as providers do. */
  async function heard(place: number, body: string): Promise<void> {
    const good = await waitUntil(async () => (await pair.tell(place, body)) === 200, 60_000)
    if (!good) throw new Error('nobody hears the provider')
  }

  /** Both records are equal to the kopeck, nothing waits, and all that must hold does. */
  async function agree(): Promise<void> {
    pair.bank.heal()
    await expect.poll(waiting, PATIENCE).toEqual([])
    await expect.poll(credited, PATIENCE).toBe(pair.bank.holds)
    const client = await pool().connect()
    for (const invariant of readInvariants())
      expect({ ...invariant, ...(await breachesOf(client, invariant)) }).toMatchObject({ count: 0 })
    client.release()
  }
})

/** A question to a database that may have just come back. */
async function ask(question: SQL): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = []
  await expect(async () => {
    found = (await db().execute(question)).rows
  }).toPass({ timeout: 10_000, intervals: [100] })
  return found
}

async function lastNumber(): Promise<number> {
  const [row] = await ask(sql`select coalesce(max(number), 0) as last from online_payments`)
  return Number(row?.last)
}

/** The ids of the payments begun after that one: exactly as many as were asked for. */
async function begunSince(before: number, count: number): Promise<string[]> {
  const rows = await ask(sql`select id from online_payments where number > ${before} order by number`)
  expect(rows).toHaveLength(count)
  return rows.map((row) => String(row.id))
}

/** Lets the time pass that jobs wait for. */
async function hurry(): Promise<void> {
  await ask(sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`)
}

async function statesOf(ids: readonly string[]): Promise<unknown[]> {
  await hurry()
  const rows = await ask(sql`select id, state from online_payments where id in ${ids}`)
  return ids.map((id) => rows.find((row) => row.id === id)?.state)
}

/** Notifications nobody looked into yet, and refunds under way, with how their jobs stand. */
async function waiting(): Promise<unknown[]> {
  await hurry()
  return ask(sql`
    select w.what, w.state, j.locked_by, j.locked_at, j.attempts, j.run_at, j.last_error, now() as asked_at from (
      select 'notification' as what, '' as state, 'notification:' || id as key
      from payment_notifications where processed_at is null
      union all
      select 'refund', state::text, 'ask-refund:' || id from online_refunds where state in ('created', 'pending')
    ) w left join graphile_worker._private_jobs j on j.key = w.key`)
}

async function credited(): Promise<bigint> {
  const [row] = await ask(
    sql`select coalesce(sum(amount), 0)::text as sum from payments where source = 'cabinet'`,
  )
  return BigInt(String(row?.sum))
}

/** Early and late notifications in turn, the later ones first, each body its own. */
function mixed(early: readonly string[], late: readonly string[]): string[] {
  return early.flatMap((_, place) =>
    Array.from({ length: NOTIFICATIONS }, (_, time) => {
      const body = (time % 2 === 0 ? late : early)[place]
      return `${body}${' '.repeat(Math.floor(time / 4))}`
    }),
  )
}
