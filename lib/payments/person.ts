import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { onlinePayments } from '@/db/schema'
import type { Staff } from '@/lib/session/require'

const MOST = 20

/** Payments a person began here, the newest first, at most 20. */
export async function paymentsOfPerson(_staff: Staff, userId: string) {
  return db()
    .select({
      id: onlinePayments.id,
      number: onlinePayments.number,
      amount: onlinePayments.amount,
      method: onlinePayments.method,
      state: onlinePayments.state,
      createdAt: onlinePayments.createdAt,
    })
    .from(onlinePayments)
    .where(eq(onlinePayments.userId, userId))
    .orderBy(desc(onlinePayments.createdAt))
    .limit(MOST)
}
