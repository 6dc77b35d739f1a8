import { type Period, period } from '@/lib/units/period'
import { BenchServer } from './database'
import { differences, type Probe, probeLedger } from './ledger-probe'
import { timed } from './measure'
import { print, ratio, seconds } from './print'
import {
  makeAccounts,
  makeCharges,
  makePerson,
  makeService,
  periodsUpTo,
  settle,
  withoutSearch,
} from './scale'

const NEWEST = period('2026-10')
const PERIODS = 36
const SMALL = 1_000
const OWN = 50
const ROUNDS = 400

/** One account's ledger at 1,000 and at many accounts: times, plans, rows touched. False when it grows or the plan changes. */
export async function benchLedger(accounts: number): Promise<boolean> {
  const server = await BenchServer.start()
  try {
    const small = await probed(server, SMALL)
    const large = await probed(server, accounts)
    const growth = large.ms / small.ms
    print(`ledger queries of an account, ${SMALL} accounts, ms`, small.ms.toFixed(2))
    print(`the same, ${accounts} accounts × ${PERIODS} periods, ms`, large.ms.toFixed(2))
    print('grown by', ratio(growth, '≤ 1.3'))
    const found = differences(small, large)
    const touched = Object.values(large.plans).flat()
    print('rows touched', String(touched.reduce((sum, plan) => sum + plan.touched, 0)))
    print('plans', found.length === 0 ? 'the same, as many rows touched' : found.join('; '))
    return found.length === 0
  } finally {
    await server.stop()
  }
}

async function probed(server: BenchServer, accounts: number): Promise<Probe> {
  await server.fresh()
  const periods = periodsUpTo(NEWEST, PERIODS)
  const { ms, value: userId } = await timed(() => fill(server, accounts, periods))
  print(`made ${accounts} accounts × ${PERIODS} periods`, seconds(ms))
  return probeLedger(userId, NEWEST, ROUNDS)
}

/** Makes the company and somebody who may see accounts all over it. @returns their id */
function fill(server: BenchServer, accounts: number, periods: Period[]): Promise<string> {
  return server.with(async (client) => {
    await client.query('set synchronous_commit = off')
    const serviceId = await makeService(client)
    await withoutSearch(client, () => makeAccounts(client, 1, accounts))
    await makeCharges(client, { from: 1, to: accounts, periods, serviceId })
    const own = Array.from({ length: OWN }, (_, place) => 1 + Math.floor((place * accounts) / OWN))
    const userId = await makePerson(client, own)
    await settle(client)
    return userId
  })
}
