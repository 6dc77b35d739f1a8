import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedPostgres } from '../embedded'
import type { Config } from './config'
import { atShutdown, isShuttingDown } from './shutdown'

const LOOK_EVERY = 300
const LONGEST_PAUSE = 5_000

export interface Database {
  /** The address now: the built-in server can come back on another port. */
  url(): string
  /** Brings the built-in server back whenever it dies; tells when the address changed. */
  watch(moved: () => Promise<void>): void
}

/** The operator's database, or the built-in one. */
export async function startDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl) return { url: () => databaseUrl, watch: () => undefined }
  const starting = EmbeddedPostgres.start(path.join(dataDir, 'postgres'))
  const stop = () => starting.then((postgres) => postgres.stop())
  atShutdown(() => stop().catch(() => undefined))
  const postgres = await starting
  return { url: () => postgres.url, watch: (moved) => void watch(postgres, moved) }
}

async function watch(postgres: EmbeddedPostgres, moved: () => Promise<void>): Promise<void> {
  for (let failures = 0; !isShuttingDown(); ) {
    await pause(Math.min(LOOK_EVERY * 2 ** failures, LONGEST_PAUSE))
    if (isShuttingDown() || postgres.isAlive()) continue
    failures = (await repair(postgres, moved)) ? 0 : failures + 1
  }
}

async function repair(postgres: EmbeddedPostgres, moved: () => Promise<void>): Promise<boolean> {
  const before = postgres.url
  console.error('PostgreSQL stopped; starting it again.')
  try {
    await postgres.repair()
    if (postgres.url !== before) await moved()
    console.error('PostgreSQL is back.')
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}
