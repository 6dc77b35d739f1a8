import { desc, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { onlinePayments, paymentReconciliations } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { type Difference, differenceShape } from './compare'

const RECENT = 60

const differences = z.array(differenceShape)

/** Runs of the daily reconciliation, the latest first, each with what differed. */
export async function reconciliations(_staff: Staff) {
  const rows = await db()
    .select()
    .from(paymentReconciliations)
    .orderBy(desc(paymentReconciliations.id))
    .limit(RECENT)
  return rows.map((row): Omit<typeof row, 'differences'> & { differences: Difference[] } => ({
    ...row,
    differences: differences.parse(row.differences),
  }))
}

/** How many payments wait for staff, and how many the provider has not answered about for an hour. */
export async function paymentsWaiting(_staff: Staff): Promise<{ quarantined: number; unanswered: number }> {
  const [found] = await db()
    .select({
      quarantined: sql<number>`(count(*) filter (where ${onlinePayments.state} = 'quarantined'))::int`,
      unanswered: sql<number>`(count(*) filter (where ${onlinePayments.state} = 'created'
        and ${onlinePayments.createdAt} < now() - interval '1 hour'))::int`,
    })
    .from(onlinePayments)
    .where(inArray(onlinePayments.state, ['created', 'quarantined']))
  return found ?? { quarantined: 0, unanswered: 0 }
}
