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

let database: Db | undefined

/** The database behind drizzle. */
export function db(): Db {
  database ??= drizzle({ client: pool(), schema, casing: 'snake_case' })
  return database
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
