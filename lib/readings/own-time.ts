import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { ownerChanges } from '@/db/schema'

/**
 * Condition: a value taken on that day is of the time of whoever holds the account now. Of the day itself on which the holder
 * changed is the closing reading: the last of the former's, and what the new one's use is counted from.
 */
export function ofPresentHolder(accountId: number | SQLWrapper, takenOn: SQLWrapper): SQL<boolean> {
  return sql<boolean>`${takenOn} > coalesce((select max(${ownerChanges.changedOn}) from ${ownerChanges}
    where ${ownerChanges.accountId} = ${accountId}), '-infinity'::date)`
}

/**
 * Of values of an account, the latest first: those of its present holder's own time, and of each counter the last before them,
 * which their own use is counted from. What somebody else used tells nothing of them, and is nothing to them.
 */
export function withoutFormers<Value extends { meterId: number; register: number; own: boolean }>(
  latestFirst: readonly Value[],
): Value[] {
  const begun = new Set<string>()
  return latestFirst.filter(({ meterId, register, own }) => {
    const counter = `${meterId}/${register}`
    if (own) return true
    const isFirst = !begun.has(counter)
    begun.add(counter)
    return isFirst
  })
}
