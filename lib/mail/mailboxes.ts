import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { contactChanges, users } from '@/db/schema'

/**
 * Where a letter that sets a new password goes. While a change of e-mail can be undone (72 hours) that is the address before
 * it, the oldest of several: whoever moved the mailbox of another cannot take the password as well.
 */
export async function recoveryAddress(
  reader: Reader,
  user: { id: string; email: string },
  now: Date,
): Promise<string> {
  return (await formerAddress(reader, user.id, now)) ?? user.email
}

/** Where a person is warned of what happened to their access: their e-mail, and the one before while a change can be undone. */
export async function warningAddresses(reader: Reader, userId: string, now: Date): Promise<string[]> {
  const [user] = await reader.select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (!user) return []
  const former = await formerAddress(reader, userId, now)
  return former && former.toLowerCase() !== user.email.toLowerCase() ? [user.email, former] : [user.email]
}

/** The e-mail before the oldest change that can still be undone. */
async function formerAddress(reader: Reader, userId: string, now: Date): Promise<string | undefined> {
  const [change] = await reader
    .select({ email: contactChanges.oldValue })
    .from(contactChanges)
    .where(
      and(
        eq(contactChanges.userId, userId),
        eq(contactChanges.kind, 'email'),
        isNotNull(contactChanges.confirmedAt),
        isNull(contactChanges.undoneAt),
        gt(contactChanges.undoUntil, now),
      ),
    )
    .orderBy(asc(contactChanges.confirmedAt))
    .limit(1)
  return change?.email ?? undefined
}
