import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { migrate } from '../../db/migrate'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { withClient } from '../../scripts/embedded/connect'
import { databaseUrl, templateName } from './environment'

/** Makes the server (unless TEST_DATABASE_URL names one) and the template of the run's databases, once per run. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (!wantsDatabase(process.argv)) return undefined
  const server = await startServer()
  process.env.TEST_DATABASE_URL = server.url
  const template = templateName()
  const inServer = (sql: string) => withClient(server.url, (client) => client.query(sql))
  await inServer(`CREATE DATABASE "${template}"`)
  await migrate(databaseUrl(server.url, template))
  return async () => {
    await inServer(`DROP DATABASE "${template}"`)
    await server.stop()
  }
}

/** Only the project `db` has one; without `--project` all projects run. */
function wantsDatabase(args: string[]): boolean {
  const projects = args.flatMap((arg, index) => {
    if (arg === '--project') return args[index + 1] ?? []
    return arg.startsWith('--project=') ? arg.slice('--project='.length) : []
  })
  return projects.length === 0 || projects.includes('db')
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => undefined }
  const directory = mkdtempSync(path.join(os.tmpdir(), 'kabinet-postgres-'))
  chmodSync(directory, 0o711)
  const postgres = await EmbeddedPostgres.start(path.join(directory, 'postgres'), { throwaway: true })
  const stop = async () => {
    await postgres.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { url: postgres.url, stop }
}
