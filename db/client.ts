import { DrizzleQueryError } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { env } from '@/lib/env'
import { logProblem } from '@/lib/log'
import * as schema from './schema'

export type Db = NodePgDatabase<typeof schema>
/** A running transaction: what every helper that must share the caller's transaction takes. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** Reads that work inside a transaction or outside one. */
export type Reader = Db | Tx

declare global {
  var kabinetPool: pg.Pool | undefined
}

/**
 * The one connection pool of this process (middleware, pages, actions and jobs share it).
 * Errors of idle connections are logged, never thrown: after a restart of the database the pool heals by itself.
 */
export function pool(): pg.Pool {
  if (!globalThis.kabinetPool) {
    const created = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: 12,
      connectionTimeoutMillis: 4_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      statement_timeout: 60_000,
      application_name: 'kabinet',
    })
    created.on('error', (error) => logProblem('database connection lost', error))
    created.on('connect', (client) =>
      client.on('error', (error) => logProblem('database connection lost', error)),
    )
    globalThis.kabinetPool = created
  }
  return globalThis.kabinetPool
}

const SETTINGS = { schema, casing: 'snake_case' } as const

let database: Db | undefined

/** The database behind drizzle. */
export function db(): Db {
  if (!database) {
    database = drizzle({ client: pool(), ...SETTINGS })
    database.transaction = inTransaction
  }
  return database
}

/**
 * drizzle itself never gives a connection back whose BEGIN fails (drizzle-orm issue 6341): a pool that had lost a dozen
 * would be empty for good. Here it is given back whatever happens, and thrown away when the transaction's own words failed.
 */
const inTransaction: Db['transaction'] = async (work, config) => {
  const client = await pool().connect()
  let broken = true
  try {
    const result = await over(client).transaction(work, config)
    broken = false
    return result
  } catch (error) {
    broken = error instanceof DrizzleQueryError && /^(begin|commit|rollback)/.test(error.query)
    throw error
  } finally {
    client.release(broken)
  }
}

const connections = new WeakMap<pg.PoolClient, Db>()

/** The database over one connection of the pool. */
function over(client: pg.PoolClient): Db {
  const made = connections.get(client) ?? drizzle({ client, ...SETTINGS })
  connections.set(client, made)
  return made
}

const SIGN_OF_LIFE = { text: 'select 1', query_timeout: 3_000 }

/** Asks the database for a sign of life. @throws when it gives none within 3 seconds */
export async function ping(): Promise<void> {
  await pool().query(SIGN_OF_LIFE)
}

/** Ends the pool; for scripts and tests that must exit. */
export async function closeDb(): Promise<void> {
  const open = globalThis.kabinetPool
  globalThis.kabinetPool = undefined
  database = undefined
  await open?.end()
}
