import { randomInt } from 'node:crypto'
import { newLogin } from '@/lib/access/rules'
import type { StaffRole } from '@/lib/session/permissions'
import { staffCookie } from './staff-session'
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

/** The cookie of a member of staff who has just signed in, as a browser takes it. The sign-in itself is a journey of its own. */
export async function officeCookie(login: string): Promise<{ name: string; value: string; url: string }> {
  const { databaseUrl, url } = theDemo()
  const [name, value] = await staffCookie(dataDir(), databaseUrl, login)
  return { name, value, url }
}
