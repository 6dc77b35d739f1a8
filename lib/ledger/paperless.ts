import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts, paperlessChoices, users } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'

/** One of the subscriber's accounts, and since when its bills come by e-mail instead of on paper. */
export interface PaperlessState {
  accountNumber: string
  address: string
  since: Date | undefined
}

/** The subscriber's accounts with what they chose, by number, and the e-mail address letters go to. */
export async function paperlessStates(
  subscriber: Subscriber,
): Promise<{ email: string; accounts: PaperlessState[] }> {
  const [person] = await db()
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, subscriber.userId))
  const found = await db()
    .select({
      accountNumber: accounts.accountNumber,
      address: accounts.address,
      since: paperlessChoices.since,
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .leftJoin(
      paperlessChoices,
      and(
        eq(paperlessChoices.accountId, accountAccess.accountId),
        eq(paperlessChoices.userId, accountAccess.userId),
      ),
    )
    .where(and(eq(accountAccess.userId, subscriber.userId), isNull(accountAccess.endedAt)))
    .orderBy(asc(accounts.accountNumber))
  return {
    email: person?.email ?? '',
    accounts: found.map(({ since, ...account }) => ({ ...account, since: since ?? undefined })),
  }
}

/**
 * Bills of an account of the subscriber's by e-mail instead of paper, or on paper again. The choice is their consent to
 * these letters. Choosing what is chosen already changes nothing. Refused for an account that is not theirs.
 */
export async function choosePaperless(
  subscriber: Subscriber,
  { account, paperless }: { account: string; paperless: boolean },
): Promise<Result<undefined, 'absent'>> {
  const own = (await accountsOf(subscriber)).find((one) => one.accountNumber === account)
  if (!own) return refused('absent', 'Такого счёта в вашем кабинете нет.')
  await db().transaction(async (tx) => {
    const choice = { accountId: own.id, userId: subscriber.userId }
    const changed = paperless
      ? await tx.insert(paperlessChoices).values(choice).onConflictDoNothing().returning()
      : await tx
          .delete(paperlessChoices)
          .where(
            and(eq(paperlessChoices.accountId, choice.accountId), eq(paperlessChoices.userId, choice.userId)),
          )
          .returning()
    if (changed.length === 0) return
    await record(tx, subscriber, {
      action: 'paperless.chosen',
      subject: { kind: 'account', id: String(own.id), label: own.accountNumber },
      before: { paperless: !paperless },
      after: { paperless },
    })
  })
  return ok()
}
