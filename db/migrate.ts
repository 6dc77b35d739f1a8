import path from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import { runMigrations as runQueueMigrations } from 'graphile-worker'
import pg from 'pg'

/**
 * Brings a database to the newest shape: the job queue's tables first, then ours. Safe to run again and
 * from several processes at once (one waits for the other).
 * @param databaseUrl a role that may create tables
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('kabinet migrations'))")
    await runQueueMigrations({ connectionString: databaseUrl })
    await runMigrations(drizzle({ client }), {
      migrationsFolder: path.join(import.meta.dirname, 'migrations'),
    })
  } finally {
    await client.end()
  }
}
