import { sql } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { users } from '@/db/schema'

let known = false

/** Whether nobody can run the service yet: there is no administrator. Once there is one, it is not asked again. */
export async function needsSetUp(): Promise<boolean> {
  known ||= await hasAdministrator(db())
  return !known
}

/** Whether there is an administrator. */
export async function hasAdministrator(reader: Reader): Promise<boolean> {
  const [found] = await reader
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.kind} = 'staff' and 'administrator' = any(${users.roles})`)
    .limit(1)
  return found !== undefined
}
