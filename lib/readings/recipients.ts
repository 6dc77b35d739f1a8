import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { accountAccess, blocks } from '@/db/schema'
import { consentedEmail } from '@/lib/mail/consent'

/** E-mail addresses of those who see an account now, are not blocked and agreed to messages (agreement, clause 4.5). */
export async function messageRecipients(reader: Reader, accountId: number): Promise<string[]> {
  const people = await reader
    .select({ userId: accountAccess.userId })
    .from(accountAccess)
    .where(
      and(
        eq(accountAccess.accountId, accountId),
        isNull(accountAccess.endedAt),
        sql`not exists (select 1 from ${blocks}
          where ${blocks.userId} = ${accountAccess.userId} and ${blocks.unblockedAt} is null)`,
      ),
    )
  const found = new Set<string>()
  for (const { userId } of people) {
    const email = await consentedEmail(reader, userId)
    if (email) found.add(email)
  }
  return [...found]
}
