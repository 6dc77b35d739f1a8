import { type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { type Db, pool } from './client'
import * as schema from './schema'

/** Rows in memory at a time. */
const BATCH = 2_000

/**
 * The rows of a query as they all stand at one moment, a batch at a time: nothing but the batch is in memory. Holds a
 * connection until the end or until the reader gives up; a reader that takes nothing for a minute is cut off.
 */
export async function* streamRows(query: SQL): AsyncGenerator<unknown[]> {
  const client = await pool().connect()
  let whole = false
  try {
    const reader: Db = drizzle({ client, schema, casing: 'snake_case' })
    await reader.execute(sql`begin transaction isolation level repeatable read read only`)
    await reader.execute(sql`
      select set_config('cursor_tuple_fraction', '1', true), set_config('statement_timeout', '600s', true),
        set_config('idle_in_transaction_session_timeout', '60s', true)`)
    await reader.execute(sql`declare streamed_rows no scroll cursor for ${query}`)
    for (;;) {
      const { rows } = await reader.execute(sql.raw(`fetch ${BATCH} from streamed_rows`))
      if (rows.length > 0) yield rows
      if (rows.length < BATCH) break
    }
    await reader.execute(sql`commit`)
    whole = true
  } finally {
    // A connection in the middle of a transaction is of no use to anybody else.
    client.release(!whole)
  }
}
