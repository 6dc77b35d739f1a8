import { pool } from '@/db/client'
import { period } from '@/lib/units/period'
import { differences, probeLedger } from '@/scripts/bench/ledger-probe'
import { listen, planOf } from '@/scripts/bench/plans'
import {
  makeAccounts,
  makeCharges,
  makePerson,
  makeService,
  periodsUpTo,
  settle,
} from '@/scripts/bench/scale'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { expect, testAlone } from '../support/database'

/** others would change the plans. */
const test = testAlone('bench')
test.describe.configure({ mode: 'serial', timeout: 180_000 })

const newest = period('2026-10')
const periods = periodsUpTo(newest, 36)
const [SMALL, LARGE] = [1_000, 8_000]

async function grow(from: number, to: number): Promise<void> {
  const client = await pool().connect()
  try {
    await makeAccounts(client, from, to)
    await makeCharges(client, { from, to, periods, serviceId: await makeService(client) })
    await settle(client)
  } finally {
    client.release()
  }
}

test('one account’s ledger is answered by the same plan over as many rows, however big the company', async () => {
  await grow(1, SMALL)
  const client = await pool().connect()
  const userId = await makePerson(client, [1, 250, 500, 999])
  client.release()
  const small = await probeLedger(userId, newest, 5)
  await grow(SMALL + 1, LARGE)
  const large = await probeLedger(userId, newest, 5)
  expect(differences(small, large)).toEqual([])
  // One of its questions is about whose account it is since when.
  expect(Math.max(...(small.plans.periods ?? []).map(({ touched }) => touched))).toBeGreaterThanOrEqual(36)
})

test('what the generator makes holds by every invariant', async () => {
  const client = await pool().connect()
  try {
    for (const invariant of readInvariants())
      expect({ ...invariant, ...(await breachesOf(client, invariant)) }).toMatchObject({ count: 0 })
  } finally {
    client.release()
  }
})

test('a table read from end to end is noticed', async () => {
  const asked = listen(pool())
  await pool().query({ text: 'select count(*) from accounts where area = $1' }, [1])
  const client = await pool().connect()
  try {
    const [query] = asked
    if (!query) throw new Error('nothing was asked')
    const plan = await planOf(client, query, /^accounts/)
    expect(plan).toMatchObject({ scanned: ['accounts'], touched: LARGE })
  } finally {
    client.release()
  }
})
