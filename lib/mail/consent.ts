import { and, eq, exists, isNull } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { consents, users } from '@/db/schema'

/** Where a person who agreed to calls, SMS and letters may be written to; undefined without that consent, or once it is withdrawn. */
export async function consentedEmail(reader: Reader, userId: string): Promise<string | undefined> {
  const given = reader
    .select({ id: consents.id })
    .from(consents)
    .where(and(eq(consents.userId, users.id), eq(consents.kind, 'messages'), isNull(consents.withdrawnAt)))
  const [person] = await reader
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), exists(given)))
  return person?.email
}
