import { closeDb, pool } from '@/db/client'
import { findAccounts } from '@/lib/accounts/search'
import type { Staff } from '@/lib/session/require'
import { BenchServer } from './database'
import { quantile, timed } from './measure'
import { type Asked, listen, planOf } from './plans'
import { print, seconds } from './print'
import { accountNumber, makeAccounts, settle, withoutSearch } from './scale'

const ROUNDS = 40

/** What staff type. */
const searches = (accounts: number) =>
  [
    ['number', accountNumber(Math.ceil(accounts / 2))],
    ['name', 'Кузнецовский Сергей Петрович'],
    ['name with a typo', 'Кузницовский Сергей Петрович'],
    ['address', '7 мкр дом 41 кв 2'],
    ['name and address', 'Смирновидзе 7 41'],
  ] as const

/** Staff search by number, by name, mistyped too, by address. False when one reads the accounts from end to end. */
export async function benchSearch(accounts: number): Promise<boolean> {
  const server = await BenchServer.start()
  try {
    await server.fresh()
    const { ms } = await timed(() =>
      server.with(async (client) => {
        await withoutSearch(client, () => makeAccounts(client, 1, accounts))
        await settle(client)
      }),
    )
    print(`made ${accounts} accounts`, seconds(ms))
    let indexed = true
    for (const [name, typed] of searches(accounts)) indexed = (await measured(name, typed)) && indexed
    return indexed
  } finally {
    await closeDb()
    await server.stop()
  }
}

async function measured(name: string, typed: string): Promise<boolean> {
  const staff = { userId: '', login: '', name: '', address: '' } as Staff
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    times.push((await timed(() => findAccounts(staff, typed))).ms)
  const asked = listen(pool())
  const found = await findAccounts(staff, typed)
  const scanned = await scannedBy([...asked])
  await closeDb()
  const how = scanned.length === 0 ? 'by index' : 'THE ACCOUNTS FROM END TO END'
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
  print(
    `staff search by ${name}, ms`,
    `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} (reach ≤ 50), ${how}, found ${found.length}`,
  )
  return scanned.length === 0
}

/** The large tables its queries read from end to end. */
async function scannedBy(asked: readonly Asked[]): Promise<string[]> {
  const client = await pool().connect()
  try {
    const scanned: string[] = []
    for (const one of asked) {
      if (/^\s*\(?select/.test(one.text)) scanned.push(...(await planOf(client, one, /^accounts/)).scanned)
    }
    return scanned
  } finally {
    client.release()
  }
}
