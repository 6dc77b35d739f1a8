import { and, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { statedCharges } from '@/db/schema'
import { ownedSince } from '@/lib/accounts/queries'
import type { Subscriber } from '@/lib/session/require'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { type Debt, debtsOf } from './allocation'

/**
 * Of which months the subscriber's own account owes a balance, the earliest first; undefined for an account that is not
 * theirs or has no bill. What an amount would pay of it is told by `allocate`.
 */
export async function debtsOn(
  subscriber: Subscriber,
  accountId: number,
  balance: Kopecks,
): Promise<Debt[] | undefined> {
  const { period, charged, recalculated, benefit, penalty } = statedCharges
  const months = await db()
    .select({
      period,
      accrued: summed(sql`${charged} + ${recalculated} + ${penalty} - ${benefit}`),
      penalty: summed(sql`${penalty}`),
    })
    .from(statedCharges)
    .where(
      and(
        eq(statedCharges.accountId, accountId),
        ownedSince(subscriber, statedCharges.accountId, { month: period }),
      ),
    )
    .groupBy(period)
  return months.length === 0 ? undefined : debtsOf(balance, months)
}

function summed(of: SQL): SQL<Kopecks> {
  return sql`sum(${of})::text`.mapWith((digits: string) => kopecks(BigInt(digits)))
}
