import { and, asc, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'
import { choose } from './rules'

/** An account as its page names it. */
export interface OwnAccount {
  id: number
  accountNumber: string
  address: string
}
/** What a page shows: one account and all a person may change to; or nothing to show. */
export type ChosenAccount =
  | { kind: 'one'; account: OwnAccount; all: OwnAccount[] }
  | { kind: 'none' }
  | { kind: 'stranger' }

/** Accounts the subscriber may see now, by number. */
export async function accountsOf(subscriber: Subscriber): Promise<OwnAccount[]> {
  return db()
    .select({ id: accounts.id, accountNumber: accounts.accountNumber, address: accounts.address })
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

/** Condition of every query about an account: the subscriber has access to it now. */
export function ownedBy(subscriber: Subscriber, accountId: SQLWrapper): SQL {
  return seenBy(subscriber.userId, accountId)
}

/** Condition of what stands in a letter about an account: its reader has access to it now. */
export function seenBy(userId: string, accountId: SQLWrapper): SQL {
  return sql`exists (select 1 from ${accountAccess} where ${accountAccess.accountId} = ${accountId}
    and ${accountAccess.userId} = ${userId} and ${accountAccess.endedAt} is null)`
}
