import path from 'node:path'
import nextEnv from '@next/env'
import { Problem } from '../embedded/problem'

export const ROOT = path.resolve(import.meta.dirname, '..', '..')

export interface Config {
  /** Absolute. */
  dataDir: string
  port: number
  /** A PostgreSQL of the operator's; without it the built-in one runs. */
  databaseUrl: string | undefined
  publicUrl: string
  demo: boolean
}

/** The launcher's settings: the environment, then the `.env` files Next reads as well, then defaults. */
export function readConfig(): Config {
  nextEnv.loadEnvConfig(ROOT, false, { info: () => undefined, error: console.error })
  const { DATA_DIR, PORT, DATABASE_URL, PUBLIC_URL, DEMO } = process.env
  const port = Number(PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem('PORT must be a number from 1 to 65535.')
  return {
    dataDir: path.resolve(ROOT, DATA_DIR || '.data'),
    port,
    databaseUrl: DATABASE_URL || undefined,
    publicUrl: PUBLIC_URL || `http://localhost:${port}`,
    demo: DEMO !== 'off',
  }
}
