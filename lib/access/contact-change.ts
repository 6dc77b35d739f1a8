import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { contactChanges, users } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { tokenHash, undoToken } from '@/lib/mail/link-token'
import { warningAddresses } from '@/lib/mail/mailboxes'
import { owe } from '@/lib/mail/owe'
import { UNDO_MS } from './rules'

export type ContactKind = 'email' | 'phone'
export type User = typeof users.$inferSelect

/** Holds the subscriber's row until the transaction ends: of two changes at once the second sees the first. */
export async function lockUser(tx: Tx, userId: string): Promise<User> {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!user) throw new Error('no such user')
  return user
}

/** Gives up the changes of a user that wait to be confirmed; of one kind, or of both. @returns whether there was one */
export async function cancelOpenChanges(
  tx: Tx,
  userId: string,
  now: Date,
  kind?: ContactKind,
): Promise<boolean> {
  const cancelled = await tx
    .update(contactChanges)
    .set({ cancelledAt: now })
    .where(
      and(
        eq(contactChanges.userId, userId),
        kind ? eq(contactChanges.kind, kind) : undefined,
        isNull(contactChanges.confirmedAt),
        isNull(contactChanges.cancelledAt),
      ),
    )
    .returning({ id: contactChanges.id })
  return cancelled.length > 0
}

interface Change {
  id: string
  kind: ContactKind
  oldValue: string | null
  newValue: string
}

/**
 * Puts a change in force: the user's row, the time until which it can be undone, the letters to the addresses before it, the
 * journal. `proven`: the person showed that the new one is theirs.
 */
export async function putInForce(
  tx: Tx,
  actor: Actor,
  user: User,
  { id, kind, oldValue, newValue }: Change,
  { proven, now }: { proven: boolean; now: Date },
): Promise<void> {
  // A phone that was there already and is only confirmed now: nothing changes, nothing can be undone.
  const changed = oldValue !== newValue
  const undoUntil = new Date(now.getTime() + UNDO_MS)
  const undo = changed ? { undoHash: tokenHash(undoToken(id)), undoUntil } : {}
  const warned = changed ? await warningAddresses(tx, user.id, now) : []
  await tx
    .update(contactChanges)
    .set({ confirmedAt: now, oldValue, ...undo })
    .where(eq(contactChanges.id, id))
  const contact =
    kind === 'email' ? { email: newValue } : { phone: newValue, phoneConfirmedAt: proven ? now : null }
  await tx.update(users).set(contact).where(eq(users.id, user.id))
  for (const address of warned) {
    const times = { at: now.toISOString(), undoUntil: undoUntil.toISOString() }
    await owe(tx, 'contact-changed', address, { changeId: id, kind, ...times })
  }
  await record(tx, actor, { action: 'contact.changed', subject: subjectOf(user), after: { kind, proven } })
}

/** A user as the journal names them. */
export function subjectOf(user: { id: string; login: string }) {
  return { kind: 'user', id: user.id, label: user.login } as const
}
