import { desc, eq, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { accounts, helperAccess, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { termColumns } from './queries'
import { helperState } from './rules'

const MOST_SHOWN = 50

/** Who helps whom with which account, as staff see it. */
export type HelperForStaff = Awaited<ReturnType<typeof helpersForStaff>>[number]

/** Helpers of an account, or those a person has invited and those they are themselves; the newest first, at most 50. */
export async function helpersForStaff(
  _staff: Staff,
  of: { accountId: number } | { userId: string },
  now: Date,
) {
  const helper = alias(users, 'helper')
  const helperName = sql<string>`concat_ws(' ', ${helper.lastName}, ${helper.firstName}, nullif(${helper.patronymic}, ''))`
  const found = await db()
    .select({
      id: helperAccess.id,
      accountNumber: accounts.accountNumber,
      name: helperAccess.name,
      email: helperAccess.email,
      holder: { id: users.id, login: users.login },
      helper: { id: helper.id, login: helper.login, name: helperName },
      endReason: helperAccess.endReason,
      ...termColumns,
    })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .innerJoin(users, eq(users.id, helperAccess.holderId))
    .leftJoin(helper, eq(helper.id, helperAccess.helperId))
    .where(
      'accountId' in of
        ? eq(helperAccess.accountId, of.accountId)
        : or(eq(helperAccess.holderId, of.userId), eq(helperAccess.helperId, of.userId)),
    )
    .orderBy(desc(helperAccess.invitedAt))
    .limit(MOST_SHOWN)
  return found.map((one) => ({ ...one, state: helperState(one, now) }))
}
