import { desc, eq, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'

const MOST = 20

/** Requests that gave a person access, and all others from their e-mail; the newest first, at most 20. */
export async function requestsOfPerson(_staff: Staff, userId: string) {
  return db()
    .select({
      id: accessRequests.id,
      number: accessRequests.number,
      accountNumber: accessRequests.accountNumber,
      submittedAt: accessRequests.submittedAt,
      decision: accessRequests.decision,
    })
    .from(accessRequests)
    .innerJoin(users, eq(users.id, userId))
    .where(
      or(
        eq(accessRequests.userId, userId),
        eq(sql`lower(${accessRequests.email})`, sql`lower(${users.email})`),
      ),
    )
    .orderBy(desc(accessRequests.submittedAt))
    .limit(MOST)
}
