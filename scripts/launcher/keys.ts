import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const NAMES = ['AUTH_SECRET', 'PASSPORT_KEY', 'INDEX_KEY', 'LINK_KEY', 'TOTP_KEY'] as const
const stored = z.partialRecord(z.enum(NAMES), z.string())

export type Keys = Record<(typeof NAMES)[number], string>

/**
 * The secrets of the service. What the environment does not give is made once and kept in `keys.json`:
 * a made key is never replaced, since passports encrypted with it would be lost.
 */
export function loadKeys(dataDir: string, environment: NodeJS.ProcessEnv): Keys {
  const file = path.join(dataDir, 'keys.json')
  const kept = existsSync(file) ? stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  const made = { ...kept }
  const keys = { AUTH_SECRET: '', PASSPORT_KEY: '', INDEX_KEY: '', LINK_KEY: '', TOTP_KEY: '' }
  for (const name of NAMES) {
    keys[name] = environment[name] || made[name] || randomBytes(32).toString('base64')
    if (!environment[name]) made[name] = keys[name]
  }
  if (Object.keys(made).length > Object.keys(kept).length) savePrivately(file, made)
  return keys
}

/** Writes JSON that only its owner may read, whole or not at all. */
export function savePrivately(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
