import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { z } from 'zod'

const NAME = 'session'

/** The cookie of a member of staff who has just signed in, password and code; name and value. */
export async function staffCookie(
  dataDir: string,
  databaseUrl: string,
  login: string,
): Promise<[name: string, value: string]> {
  const id = randomBytes(32).toString('base64url')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      `insert into sessions (id_hash, user_id, mode, ends_at, reauthenticated_at, second_factor_at)
       select $1, id, 'staff', now() + interval '8 hours', now(), now() from users where login = $2`,
      [createHash('sha256').update(id).digest(), login],
    )
  } finally {
    await client.end()
  }
  const keys = z.object({ AUTH_SECRET: z.string() })
  const { AUTH_SECRET } = keys.parse(JSON.parse(readFileSync(path.join(dataDir, 'keys.json'), 'utf8')))
  return [NAME, await encode({ token: { sid: id }, secret: AUTH_SECRET, salt: NAME })]
}
