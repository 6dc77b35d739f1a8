import { Client } from 'pg'
import type { Settings } from './cluster'

export const DATABASE = 'kabinet'
export const ROLE = 'kabinet'

/** The address of the service's database, under a role that owns it and nothing more. */
export function serviceUrl({ password, port }: Settings): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`
}

/** The address for making databases, as superuser. */
export function adminUrl({ adminPassword, port }: Settings): string {
  return `postgres://postgres:${adminPassword}@127.0.0.1:${port}/postgres`
}

/** True when the server takes connections and knows our password. */
export async function answers(settings: Settings): Promise<boolean> {
  try {
    await withClient(adminUrl(settings), (client) => client.query('SELECT 1'))
    return true
  } catch {
    return false
  }
}

/** Makes the role and the database of the service if they are not there. */
export async function ensureDatabase(settings: Settings): Promise<void> {
  await withClient(adminUrl(settings), async (client) => {
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE])
    if (!roles.rowCount)
      await client.query(`CREATE ROLE ${ROLE} LOGIN CREATEDB PASSWORD '${settings.password}'`)
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (!databases.rowCount) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`)
  })
}

/** Runs the work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
