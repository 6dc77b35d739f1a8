import os from 'node:os'
import path from 'node:path'

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Names of this run's databases: two runs may share a server. */
export function templateName(): string {
  return `kabinet_template_${process.env.TEST_RUN_ID}`
}

export function workerDatabaseName(): string {
  return `kabinet_${process.env.TEST_RUN_ID}_w${process.env.TEST_WORKER_INDEX}`
}

/**
 * Gives a test worker the environment of the service, before any of its modules can read it: Playwright loads
 * its config in every worker first.
 */
export function prepareWorkerEnvironment(): void {
  process.env.TEST_RUN_ID ??= process.pid.toString(36)
  const { TEST_WORKER_INDEX, TEST_DATABASE_URL, TEST_RUN_ID } = process.env
  if (TEST_WORKER_INDEX === undefined) return
  const server = TEST_DATABASE_URL || 'postgres://no-database-in-this-project.invalid/none'
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl(server, workerDatabaseName()),
    DATA_DIR: path.join(os.tmpdir(), `kabinet-data-${TEST_RUN_ID}-${TEST_WORKER_INDEX}`),
    PUBLIC_URL: 'http://localhost:3999',
    AUTH_SECRET: 'a-secret-of-the-tests-and-of-nothing-else',
    PASSPORT_KEY: key(1),
    INDEX_KEY: key(2),
    LINK_KEY: key(3),
    TOTP_KEY: key(4),
    MAIL_TRANSPORT: 'file',
    MAIL_FROM: 'МУП «ККП» <noreply@example.com>',
    TRUSTED_PROXIES: '0',
    LOG_LEVEL: 'silent',
  })
}

function key(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64')
}
