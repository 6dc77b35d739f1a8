import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts, paperlessChoices, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'

/** Somebody who sees an account now. */
export interface AccountHolder {
  userId: string
  login: string
  name: string
  grantedAt: Date
  /** Since when bills come to them by e-mail instead of paper; null while they do not. */
  paperlessSince: Date | null
}

/** An account as billing knows it; undefined for a number that does not exist. */
export async function accountForStaff(_staff: Staff, accountNumber: string) {
  const [account] = await db().select().from(accounts).where(eq(accounts.accountNumber, accountNumber))
  return account
}

/** Who sees an account now, the longest first. */
export async function holdersOf(_staff: Staff, accountId: number): Promise<AccountHolder[]> {
  return db()
    .select({
      userId: users.id,
      login: users.login,
      name: sql<string>`concat_ws(' ', ${users.lastName}, ${users.firstName}, nullif(${users.patronymic}, ''))`,
      grantedAt: accountAccess.grantedAt,
      paperlessSince: paperlessChoices.since,
    })
    .from(accountAccess)
    .innerJoin(users, eq(users.id, accountAccess.userId))
    .leftJoin(
      paperlessChoices,
      and(
        eq(paperlessChoices.accountId, accountAccess.accountId),
        eq(paperlessChoices.userId, accountAccess.userId),
      ),
    )
    .where(and(eq(accountAccess.accountId, accountId), isNull(accountAccess.endedAt)))
    .orderBy(asc(accountAccess.grantedAt))
}
