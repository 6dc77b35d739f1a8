import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { serviceUrl } from '../embedded/connect'
import { Problem } from '../embedded/problem'
import { readConfig } from '../launcher/config'

const cluster = z.looseObject({
  port: z.number(),
  password: z.string(),
  adminPassword: z.string(),
  name: z.string(),
})

/** The database of the service and its data directory: DATABASE_URL, else the built-in one of DATA_DIR, which must be running. */
export function databaseOfService(): { databaseUrl: string; dataDir: string } {
  const { databaseUrl, dataDir } = readConfig()
  if (databaseUrl) return { databaseUrl, dataDir }
  const file = path.join(dataDir, 'postgres', 'cluster.json')
  if (!existsSync(file))
    throw new Problem(
      `Which database? Set DATABASE_URL, or DATA_DIR of the built-in one (${dataDir} has none).`,
    )
  return { databaseUrl: serviceUrl(cluster.parse(JSON.parse(readFileSync(file, 'utf8')))), dataDir }
}
