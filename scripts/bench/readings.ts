import pg from 'pg'
import { db } from '@/db/client'
import { SERVICE } from '@/lib/audit/record'
import { submitReadings } from '@/lib/readings/commands'
import type { Subscriber } from '@/lib/session/require'
import { changeSettings } from '@/lib/settings/commands'
import { moscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { BenchServer } from './database'
import { rateOf } from './measure'
import { print, ratio, words } from './print'
import { accountId, accountNumber, makeAccounts } from './scale'

const ACCOUNTS = 20_000
const METERS = 4
const CONNECTIONS = 8
const SECONDS = Number(process.env.BENCH_SECONDS || 6)

/** People who send readings of four meters, each once, against INSERT of the same rows and nothing else. */
export async function benchReadings(): Promise<boolean> {
  const server = await BenchServer.start({ throwaway: false })
  try {
    await server.fresh()
    const userId = await server.with(makeTown)
    await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindow: { from: 1, to: 31 } }))
    const person = { userId, login: 'bench', name: '', address: '', mode: 'own' } as Subscriber
    const month = periodOf(moscowDay(new Date()))
    const insert = await insertAlone(server.url, month)
    let next = 0
    const submit = async () => {
      const index = ++next
      const input = {
        account: accountNumber(index),
        ...Object.fromEntries(metersOf(index).map((id) => [`m${id}r1`, '105,5'])),
      }
      const result = await submitReadings(person, input, new Date())
      if (result.status !== 'ok') throw new Error(`readings were answered ${result.status}`)
    }
    const sent = await rateOf(submit, CONNECTIONS, SECONDS)
    print('INSERT of four readings /s', words(insert))
    print('readings of four meters sent /s', words(sent))
    print('against INSERT', ratio(sent.perSecond / insert.perSecond, '≥ 0.1'))
    return true
  } finally {
    await server.stop()
  }
}

const metersOf = (index: number) => Array.from({ length: METERS }, (_, place) => index * METERS + place)

/** Accounts with four meters and seven months of readings, all of them one person's. @returns that person's id */
async function makeTown(client: pg.ClientBase): Promise<string> {
  await makeAccounts(client, 1, ACCOUNTS)
  const [first, last] = [accountId(1), accountId(ACCOUNTS)]
  const { rows } = await client.query<{ id: string }>(
    `insert into users (kind, login, last_name, first_name, email) values ('subscriber', 'bench', 'Б', 'Б', 'bench@example.ru') returning id`,
  )
  const userId = rows[0]?.id ?? ''
  await client.query(`insert into account_access (user_id, account_id) select $1, id from accounts`, [userId])
  await client.query(
    `insert into meters (id, account_id, serial, kind, digits_before, digits_after, installed_on) overriding system value
     select (a - ${first} + 1) * ${METERS} + p, a, p::text, 'gas', 5, 3, '2020-01-01'
     from generate_series($1::bigint, $2::bigint) a, generate_series(0, ${METERS - 1}) p`,
    [first, last],
  )
  const month = periodOf(moscowDay(new Date()))
  for (let back = 7; back >= 1; back -= 1) {
    const of = addMonths(month, -back)
    await client.query(
      `insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel)
       select account_id, id, $1, 1, 1, $2, $3, 'import' from meters`,
      [of, 100 - back * 5 + 5, dayOfPeriod(of, 20)],
    )
  }
  await client.query('vacuum analyze')
  return userId
}

/** The same rows, one statement a sending, prepared. */
async function insertAlone(url: string, month: Period) {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  let next = 0
  const values = metersOf(0)
    .map((_, place) => `($1, $${place + 3}, $2, 1, 1, 105.5, current_date, 'cabinet')`)
    .join(', ')
  const text = `insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel) values ${values}`
  const insert = async () => {
    const index = (next % ACCOUNTS) + 1
    // Each time round the town another month, a year ahead of what is sent.
    const period = addMonths(month, 12 + Math.floor(next / ACCOUNTS))
    next += 1
    await pool.query({ name: 'insert', text, values: [accountId(index), period, ...metersOf(index)] })
  }
  try {
    return await rateOf(insert, CONNECTIONS, SECONDS)
  } finally {
    await pool.end()
  }
}
