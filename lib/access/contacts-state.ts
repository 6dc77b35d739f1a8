import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { contactChanges, users } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'
import type { ContactKind } from './contact-change'
import { CODE_TRIES } from './rules'

/** How a person is reached, and the changes of that which wait to be confirmed. */
export interface Contacts {
  email: string
  /** E.164. */
  phone: string | null
  phoneConfirmedAt: Date | null
  waiting: Partial<Record<ContactKind, { value: string; until: Date }>>
}

/** The subscriber's own e-mail and phone. A phone whose code was typed wrong too often waits no more. */
export async function contactsOf({ userId }: Subscriber, now: Date): Promise<Contacts> {
  const [user] = await db().select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('no such user')
  const open = await db()
    .select()
    .from(contactChanges)
    .where(
      and(
        eq(contactChanges.userId, userId),
        isNull(contactChanges.confirmedAt),
        isNull(contactChanges.cancelledAt),
        gt(contactChanges.confirmBy, now),
      ),
    )
    .orderBy(desc(contactChanges.askedAt))
  const waiting = open
    .filter(({ attempts }) => attempts < CODE_TRIES)
    .map(({ kind, newValue, confirmBy }) => [kind, { value: newValue, until: confirmBy }] as const)
  const { email, phone, phoneConfirmedAt } = user
  return { email, phone, phoneConfirmedAt, waiting: Object.fromEntries(waiting) }
}
