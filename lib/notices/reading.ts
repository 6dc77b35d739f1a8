import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { noticeReads, notices } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'

/** Marks a notice as read by the person; one that is not for them changes nothing they would see. Twice is once. */
export async function markRead(subscriber: Subscriber, number: number, now: Date): Promise<void> {
  const [notice] = await db().select({ id: notices.id }).from(notices).where(eq(notices.number, number))
  if (!notice) return
  await db()
    .insert(noticeReads)
    .values({ noticeId: notice.id, userId: subscriber.userId, readAt: now })
    .onConflictDoNothing()
}
