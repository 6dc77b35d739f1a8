import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, helperAccess } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import type { EndReason } from './queries'

/** «Отозвать»: of the holder who invited. What has ended already stays as it is. Refused: `absent` (theirs or not, alike). */
export async function revokeHelper(
  subscriber: Subscriber,
  id: string,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  const own = eq(helperAccess.holderId, subscriber.userId)
  return endHelper(subscriber, id, own, { endReason: 'holder', by: 'holder' }, now)
}

/** «Больше не помогаю»: of the helper. Refused: `absent` (theirs or not, alike). */
export async function stopHelping(
  subscriber: Subscriber,
  id: string,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  const own = eq(helperAccess.helperId, subscriber.userId)
  return endHelper(subscriber, id, own, { endReason: 'helper', by: 'helper' }, now)
}

/** «Прекратить» of staff, with a reason for the journal. Refused: `absent`. */
export async function endHelperByStaff(
  staff: Staff,
  { id, reason }: { id: string; reason: string },
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  return endHelper(staff, id, undefined, { endReason: 'staff', by: 'staff', reason }, now)
}

async function endHelper(
  actor: Actor,
  id: string,
  own: SQL | undefined,
  how: Ending,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select({ id: helperAccess.id })
      .from(helperAccess)
      .where(and(eq(helperAccess.id, id), own))
    if (!found) return refused('absent', 'Такого помощника нет. Обновите страницу.')
    await endRow(tx, actor, id, how, now)
    return ok()
  })
}

/** Ends every help a holder has invited for an account, and the invitations that wait, with the holder's own access. */
export async function endHelpersOf(
  tx: Tx,
  actor: Actor,
  { holderId, accountId }: { holderId: string; accountId: number },
  now: Date,
): Promise<void> {
  const open = await tx
    .select({ id: helperAccess.id })
    .from(helperAccess)
    .where(
      and(
        eq(helperAccess.holderId, holderId),
        eq(helperAccess.accountId, accountId),
        isNull(helperAccess.endedAt),
      ),
    )
  for (const { id } of open)
    await endRow(tx, actor, id, { endReason: 'access-ended', by: 'access-ended' }, now)
}

/** How an access ends: what its row keeps, and what the journal says. */
export interface Ending {
  /** Null: its last day had passed. */
  endReason: EndReason | null
  by: string
  reason?: string
}

/** Ends an access, once, in the caller's transaction. */
export async function endRow(tx: Tx, actor: Actor, id: string, how: Ending, now: Date): Promise<void> {
  const [ended] = await tx
    .update(helperAccess)
    .set({ endedAt: now, endReason: how.endReason })
    .where(and(eq(helperAccess.id, id), isNull(helperAccess.endedAt)))
    .returning({ accountId: helperAccess.accountId })
  if (!ended) return
  const [account] = await tx
    .select({ id: accounts.id, accountNumber: accounts.accountNumber })
    .from(accounts)
    .where(eq(accounts.id, ended.accountId))
  if (!account) throw new Error('a helper of no account')
  const { by, reason } = how
  await record(tx, actor, {
    action: 'helper.ended',
    subject: subjectOf(account),
    after: { by, ...(reason ? { reason } : {}) },
  })
}

/** The account an act is on, as the journal names it. */
export function subjectOf({ id, accountNumber }: { id: number; accountNumber: string }) {
  return { kind: 'account', id: String(id), label: accountNumber } as const
}
