import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { accessRequests, accountAccess, accounts } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'

/** One of the subscriber's accounts, and how they came to see it. */
export interface GainedAccount {
  accountNumber: string
  address: string
  grantedAt: Date
  /** The request staff approved; null when access was given without one. */
  request: { number: string; submittedAt: Date } | null
}

/** The subscriber's accounts by number, each with how access was gained. */
export async function gainedAccounts({ userId }: Subscriber): Promise<GainedAccount[]> {
  return db()
    .select({
      accountNumber: accounts.accountNumber,
      address: accounts.address,
      grantedAt: accountAccess.grantedAt,
      request: { number: accessRequests.number, submittedAt: accessRequests.submittedAt },
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .leftJoin(accessRequests, eq(accessRequests.id, accountAccess.requestId))
    .where(and(eq(accountAccess.userId, userId), isNull(accountAccess.endedAt)))
    .orderBy(asc(accounts.accountNumber))
}

/** How staff know who a user is: the earliest access they gave, by a request or without one. */
export interface Identification {
  accountNumber: string
  grantedAt: Date
  request: { id: string; number: string } | null
}

/** What the identification of a user rests on; undefined when staff never identified them, as a helper or an import's user. */
export async function identificationOf(reader: Reader, userId: string): Promise<Identification | undefined> {
  const [first] = await reader
    .select({
      accountNumber: accounts.accountNumber,
      grantedAt: accountAccess.grantedAt,
      request: { id: accessRequests.id, number: accessRequests.number },
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .leftJoin(accessRequests, eq(accessRequests.id, accountAccess.requestId))
    .where(
      and(
        eq(accountAccess.userId, userId),
        // By a request with a passport, not by one that rests on another.
        isNull(accessRequests.askedBy),
        or(isNotNull(accountAccess.grantedBy), isNotNull(accountAccess.requestId)),
      ),
    )
    .orderBy(asc(accountAccess.grantedAt))
    .limit(1)
  return first
}
