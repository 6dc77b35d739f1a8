import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { accountAccess, blocks, helperAccess } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'

/**
 * Condition on a row of `helper_access`: the holder who invited has had the account ever since and is not blocked. Access
 * that ended and was given again does not bring the helper back.
 */
export const holderStands: SQL<boolean> = sql<boolean>`(
  exists (select 1 from ${accountAccess} where ${accountAccess.accountId} = ${helperAccess.accountId}
    and ${accountAccess.userId} = ${helperAccess.holderId} and ${accountAccess.endedAt} is null
    and ${accountAccess.grantedAt} <= ${helperAccess.invitedAt})
  and not exists (select 1 from ${blocks} where ${blocks.userId} = ${helperAccess.holderId}
    and ${blocks.unblockedAt} is null))`

/**
 * Condition of what a helper may do for an account: somebody who holds it lets the subscriber send its readings, today
 * included. Nothing but meters, last values and the sending of readings may stand behind it.
 */
export function helpedBy(subscriber: Subscriber, accountId: SQLWrapper, today: CalendarDay): SQL {
  return sql`exists (select 1 from ${helperAccess} where ${helperAccess.accountId} = ${accountId}
    and ${helperAccess.helperId} = ${subscriber.userId} and ${helperAccess.endedAt} is null
    and ${helperAccess.until} >= ${today} and ${holderStands})`
}
