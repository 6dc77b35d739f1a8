import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, papers } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { balance } from '@/lib/ledger/balance'
import { issuePaper } from '@/lib/papers/commands'
import { ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'

/**
 * «Справка об отсутствии задолженности» on the subscriber's own account, as of today: given when nothing is late: of the
 * last bill only what it adds, and that from the day after its last day to pay (ЖК РФ ст. 155). Asked for again the same day, it is the same paper.
 * Refused: `absent` (another's account, or no bill yet), `debt`.
 */
export async function issueNoDebt(
  subscriber: Subscriber,
  accountNumber: string,
  now: Date,
): Promise<Result<{ id: string }, 'absent' | 'debt'>> {
  const [account] = await db()
    .select()
    .from(accounts)
    .where(and(eq(accounts.accountNumber, accountNumber), ownedBy(subscriber, accounts.id)))
  const standing = account && (await balance(subscriber, account.id, now))
  if (!account || !standing?.month)
    return refused('absent', 'По этому счёту справку дать нельзя: начислений ещё не было.')
  const { amount, month } = standing
  const on = moscowDay(now)
  const late = on > month.dueOn ? amount : kopecks(amount - month.accrued)
  if (late > 0n)
    return refused(
      'debt',
      `Справку дать нельзя: просрочено ${formatMoney(late)}. Оплатите и попросите снова.`,
    )
  const { company } = await currentSettings()
  const due = amount > 0n ? { amount: String(amount), period: month.period, until: month.dueOn } : null
  const { address, holderName } = account
  const body = { accountNumber, address, holderName, company: company.fullName, on, due }
  return ok({ id: await paperOfDay(subscriber, account.id, on, body, now) })
}

type Body = Parameters<typeof issuePaper<'no-debt'>>[1]['body']

/** The subscriber's certificate of this day: the one given already, or a new one. */
async function paperOfDay(
  subscriber: Subscriber,
  accountId: number,
  on: CalendarDay,
  body: Body,
  now: Date,
): Promise<string> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet no-debt'), ${accountId}::int)`)
    const [given] = await tx
      .select({ id: papers.id })
      .from(papers)
      .where(
        and(
          eq(papers.accountId, accountId),
          eq(papers.kind, 'no-debt'),
          eq(papers.issuedTo, subscriber.userId),
          sql`${papers.body} ->> 'on' = ${on}`,
        ),
      )
    const issuedTo = subscriber.userId
    return given?.id ?? issuePaper(tx, { kind: 'no-debt', accountId, body, issuedTo, issuedAt: now })
  })
}
