import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { enquiries } from '@/db/schema'
import type { Staff } from '@/lib/session/require'

const MOST = 20

/** A person's enquiries, the newest first, at most 20. */
export async function enquiriesOfPerson(_staff: Staff, userId: string) {
  return db()
    .select({
      number: enquiries.number,
      subject: enquiries.subject,
      state: enquiries.state,
      createdAt: enquiries.createdAt,
    })
    .from(enquiries)
    .where(eq(enquiries.userId, userId))
    .orderBy(desc(enquiries.createdAt))
    .limit(MOST)
}
