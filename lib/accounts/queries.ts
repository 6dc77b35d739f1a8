import { and, asc, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { cache } from 'react'
import { db } from '@/db/client'
import { accountAccess, accounts, ownerChanges } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import { choose } from './rules'

/** An account as its page names it. */
export interface OwnAccount {
  id: number
  accountNumber: string
  address: string
  /** The day the person's own time with it begins: what is older is the former holder's. Null = all of it is theirs. */
  seesFrom: CalendarDay | null
}
/** What a page shows: one account and all a person may change to; or nothing to show. */
export type ChosenAccount =
  | { kind: 'one'; account: OwnAccount; all: readonly OwnAccount[] }
  | { kind: 'none' }
  | { kind: 'stranger' }

/** Accounts the subscriber may see now, by number. */
export async function accountsOf(subscriber: Subscriber): Promise<readonly OwnAccount[]> {
  return db()
    .select({
      id: accounts.id,
      accountNumber: accounts.accountNumber,
      address: accounts.address,
      seesFrom: accountAccess.seesFrom,
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .where(and(eq(accountAccess.userId, subscriber.userId), isNull(accountAccess.endedAt)))
    .orderBy(asc(accounts.accountNumber))
}

/**
 * The account a page shows: the number of the address, else the remembered one, else the first.
 * `stranger` for a number that is not theirs or does not exist, alike; `none` when no access is active.
 */
export async function chosenAccount(
  subscriber: Subscriber,
  wanted: string | undefined,
  remembered?: string | undefined,
): Promise<ChosenAccount> {
  const all = await accountsOf(subscriber)
  const choice = choose(all, wanted, remembered)
  return choice.kind === 'one' ? { ...choice, all } : choice
}

/**
 * Condition of a query about an account as it is now: the subscriber has access to it. What has a time stands behind
 * `ownedSince` as well: a new holder sees nothing of the time before them.
 */
export function ownedBy(subscriber: Subscriber, accountId: SQLWrapper): SQL {
  return seenBy(subscriber.userId, accountId)
}

/** Condition of what stands in a letter about an account: its reader has access to it now. */
export function seenBy(userId: string, accountId: SQLWrapper): SQL {
  return accessOf(userId, accountId, sql`true`)
}

/** When a thing of an account was: its month, its day, or its moment; each a column. */
export type When = { month: SQLWrapper } | { day: SQLWrapper } | { moment: SQLWrapper }

/** Condition of everything of an account that has a time: the subscriber has access to it, and it is of their own time with it. */
export function ownedSince(subscriber: Subscriber, accountId: SQLWrapper, when: When): SQL {
  return seenSince(subscriber.userId, accountId, when)
}

/** `ownedSince` for the reader of a letter. */
export function seenSince(userId: string, accountId: SQLWrapper, when: When): SQL {
  return accessOf(userId, accountId, sql`(${accountAccess.seesFrom} is null or ${isOwnTime(when)})`)
}

function accessOf(userId: string, accountId: SQLWrapper, more: SQL): SQL {
  return sql`exists (select 1 from ${accountAccess} where ${accountAccess.accountId} = ${accountId}
    and ${accountAccess.userId} = ${userId} and ${accountAccess.endedAt} is null and ${more})`
}

/** `firstSeenPeriod` in the words of the database, and its likes for days and moments. */
function isOwnTime(when: When): SQL {
  if ('month' in when)
    return sql`${when.month} >= to_char(${accountAccess.seesFrom} - interval '1 day' + interval '1 month', 'YYYY-MM')`
  if ('day' in when) return sql`${when.day} >= ${accountAccess.seesFrom}`
  return sql`${when.moment} >= ${accountAccess.seesFrom}::timestamp at time zone 'Europe/Moscow'`
}

/**
 * Condition: a value taken on that day is of the time of whoever holds the account now. Of the day itself on which the holder
 * changed is the closing reading: the last of the former's, and what the new one's use is counted from.
 */
export function ofPresentHolder(accountId: number | SQLWrapper, takenOn: SQLWrapper): SQL<boolean> {
  return sql<boolean>`${takenOn} > coalesce((select max(${ownerChanges.changedOn}) from ${ownerChanges}
    where ${ownerChanges.accountId} = ${accountId}), '-infinity'::date)`
}

/** As a column: the day the subscriber's own time with an account begins; null when all of it is theirs, or none. */
export function seesFromIn(subscriber: Subscriber, accountId: SQLWrapper): SQL<CalendarDay | null> {
  return sql`(select ${accountAccess.seesFrom} from ${accountAccess} where ${accountAccess.accountId} = ${accountId}
    and ${accountAccess.userId} = ${subscriber.userId} and ${accountAccess.endedAt} is null)`.mapWith(
    accountAccess.seesFrom,
  )
}

/**
 * The day the person's own time with an account begins; undefined when all of it is theirs, or none. Asked once for all that
 * a page shows.
 */
export const seesFromOf = cache(
  async (userId: string, accountId: number): Promise<CalendarDay | undefined> => {
    const [access] = await db()
      .select({ seesFrom: accountAccess.seesFrom })
      .from(accountAccess)
      .where(
        and(
          eq(accountAccess.accountId, accountId),
          eq(accountAccess.userId, userId),
          isNull(accountAccess.endedAt),
        ),
      )
    return access?.seesFrom ?? undefined
  },
)
