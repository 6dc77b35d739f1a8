import { mkdirSync, rmSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { closeDb } from '../../db/client'
import { withClient } from '../../scripts/embedded/connect'
import { templateName, workerDatabaseName } from './environment'

export { expect } from '@playwright/test'

interface WorkerDatabase {
  url: string
}

/**
 * `test` for the project `db`: every worker has a database of its own, a copy of the migrated template.
 * `DATABASE_URL` and `DATA_DIR` of the process point to it, so the service's own modules simply work.
 */
export const test = base.extend<object, { database: WorkerDatabase }>({
  database: [
    async ({ browserName: _ }, use) => {
      const { TEST_DATABASE_URL, DATABASE_URL, DATA_DIR } = process.env
      if (!TEST_DATABASE_URL || !DATABASE_URL || !DATA_DIR)
        throw new Error(
          'This test needs a database: run it in the project "db" (npx playwright test --project db).',
        )
      const name = workerDatabaseName()
      const inServer = (sql: string) => withClient(TEST_DATABASE_URL, (client) => client.query(sql))
      await inServer(`CREATE DATABASE "${name}" TEMPLATE "${templateName()}"`)
      mkdirSync(DATA_DIR, { recursive: true })
      await use({ url: DATABASE_URL })
      await closeDb()
      // Not FORCE: it stumbles over autovacuum, which belongs to a superuser; a plain DROP sends that away.
      await inServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = '${name}' AND usename = current_user`)
      await inServer(`DROP DATABASE "${name}"`)
      rmSync(DATA_DIR, { recursive: true, force: true })
    },
    { scope: 'worker', auto: true },
  ],
})

/**
 * `test` for a file that looks at more than it made: a fixture with a value of its own gives it a worker, and so
 * a database, nobody else's tests have written to. `name` is the file's.
 */
export function testAlone(name: string) {
  return test.extend<object, { alone: string }>({ alone: [name, { scope: 'worker' }] })
}
