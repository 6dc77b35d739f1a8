import { and, eq, gte, isNotNull, isNull } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { contactChanges, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { tokenHash } from '@/lib/mail/link-token'
import { recoveryAddress } from '@/lib/mail/mailboxes'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import { revokeSessionsOf } from '@/lib/session/sessions'
import { isBlocked } from './commands'
import { type ContactKind, cancelOpenChanges, lockUser, subjectOf, type User } from './contact-change'
import { issueLink, revokeLinks } from './links'
import { accountNumbersOf } from './queries'
import { undoState } from './rules'

/**
 * Undoes a change of e-mail or phone by the link that went to the address before it; no login is needed. What was there before
 * is back, and so is what later changes of the kind put in its place; every session and link ends, the password is dead, and a
 * link for a new one goes to the mailbox. Refused: `link` (unknown, undone, late).
 */
export async function undoContactChange(
  token: string,
  visitor: { address: string },
  now: Date,
): Promise<Result<{ kind: ContactKind }, 'link'>> {
  const found = await changeByUndo(token)
  if (!found) return deadLink()
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, found.userId)
    const [change] = await tx.select().from(contactChanges).where(eq(contactChanges.id, found.id))
    if (!change?.confirmedAt || undoState(change, now) !== 'open') return deadLink()
    await putBack(tx, user, { ...change, confirmedAt: change.confirmedAt }, now)
    await cancelOpenChanges(tx, user.id, now)
    await tx.update(users).set({ passwordHash: null }).where(eq(users.id, user.id))
    await revokeSessionsOf(tx, user.id, 'reset')
    await revokeLinks(tx, user.id, now)
    await oweNewPassword(tx, user, change.kind, now)
    const actor = { userId: null, login: 'посетитель', address: visitor.address }
    await record(tx, actor, {
      action: 'contact.undone',
      subject: subjectOf(user),
      after: { kind: change.kind },
    })
    return ok({ kind: change.kind })
  })
}

async function changeByUndo(token: string) {
  const [change] = await db()
    .select()
    .from(contactChanges)
    .where(eq(contactChanges.undoHash, tokenHash(token)))
  return change
}

type Confirmed = typeof contactChanges.$inferSelect & { confirmedAt: Date }

/** That the phone of before was confirmed once is not kept: it is to be confirmed again. */
async function putBack(tx: Tx, user: User, change: Confirmed, now: Date): Promise<void> {
  const { kind, oldValue, confirmedAt } = change
  if (kind === 'phone')
    await tx.update(users).set({ phone: oldValue, phoneConfirmedAt: null }).where(eq(users.id, user.id))
  else if (oldValue !== null) await tx.update(users).set({ email: oldValue }).where(eq(users.id, user.id))
  await tx
    .update(contactChanges)
    .set({ undoneAt: now })
    .where(
      and(
        eq(contactChanges.userId, user.id),
        eq(contactChanges.kind, kind),
        isNotNull(contactChanges.undoHash),
        isNull(contactChanges.undoneAt),
        gte(contactChanges.confirmedAt, confirmedAt),
      ),
    )
}

/** A blocked user gets the letter without a link. */
async function oweNewPassword(tx: Tx, { id, login }: User, kind: ContactKind, now: Date): Promise<void> {
  const [user] = await tx.select({ id: users.id, email: users.email }).from(users).where(eq(users.id, id))
  if (!user) return
  const linkId = (await isBlocked(tx, id)) ? null : await issueLink(tx, id, 'recovery', now)
  const digits = (await accountNumbersOf(tx, id)).length > 0
  await owe(tx, 'contact-undone', await recoveryAddress(tx, user, now), { kind, login, linkId, digits })
}

/** What the link to undo a change is worth, and of what; looking changes nothing. */
export async function undoLink(
  token: string,
  now: Date,
): Promise<{ state: 'open' | 'done' | 'late'; kind: ContactKind } | undefined> {
  const change = await changeByUndo(token)
  return change && { state: undoState(change, now), kind: change.kind }
}

function deadLink() {
  return refused('link' as const, 'Ссылка больше не действует. Позвоните нам, если изменение сделали не вы.')
}
