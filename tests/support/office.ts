import { createHash, randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { z } from 'zod'
import { newLogin } from '@/lib/access/rules'
import type { StaffRole } from '@/lib/session/permissions'
import { ask, dataDir, theDemo } from './the-demo'

/** A member of staff with these roles and nothing to sign in with; their login. */
export async function haveStaff(roles: readonly StaffRole[]): Promise<string> {
  const login = newLogin((below) => randomInt(below))
  await ask(
    `insert into users (kind, roles, login, last_name, first_name, email) values ('staff', $1, $2, 'Пробная', 'Вера', $3)`,
    [roles, login, `${login}@example.ru`],
  )
  return login
}

/**
 * The cookie of a session that member of staff has just signed in to with both factors, as the service would have made it.
 * The sign-in itself is a journey of its own.
 */
export async function staffCookie(login: string): Promise<{ name: string; value: string; url: string }> {
  const id = randomBytes(32).toString('base64url')
  const made = await ask(
    `insert into sessions (id_hash, user_id, mode, device, address, ends_at, reauthenticated_at, second_factor_at)
     select $1, id, 'staff', 'a test', '127.0.0.1', now() + interval '8 hours', now(), now() from users where login = $2
     returning user_id`,
    [createHash('sha256').update(id).digest(), login],
  )
  if (made.length === 0) throw new Error(`nobody has the login ${login}`)
  const name = 'session'
  const value = await encode({ token: { sid: id }, secret: secretOfService(), salt: name, maxAge: 28_800 })
  return { name, value, url: theDemo().url }
}

/** The key of the service under test lies beside its demo. */
function secretOfService(): string {
  const keys = readFileSync(path.join(dataDir(), 'keys.json'), 'utf8')
  return z.object({ AUTH_SECRET: z.string() }).parse(JSON.parse(keys)).AUTH_SECRET
}
