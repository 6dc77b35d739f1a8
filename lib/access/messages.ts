import { and, eq, isNull, max, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { consents, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { textHash } from '@/lib/documents/hash'
import { ok, type Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { MESSAGES_CONSENT } from './schema'

/**
 * Condition: the user lets the company call and write (consent of the kind «messages», not withdrawn). A tick on a request
 * that staff approve only after the person withdrew their consent does not bring it back.
 */
export function acceptsMessages(userId: SQLWrapper): SQL {
  return sql`exists (
    select 1 from consents given where given.user_id = ${userId} and given.kind = 'messages' and given.withdrawn_at is null
      and not exists (
        select 1 from consents taken where taken.user_id = given.user_id and taken.kind = 'messages'
          and taken.withdrawn_at > given.given_at))`
}

/** What a person said to calls, SMS and e-mail, and when; undefined when they never said anything. */
export interface MessagesChoice {
  accepted: boolean
  since: Date | undefined
}

/** What the subscriber said to calls, SMS and e-mail. */
export async function messagesChoice(subscriber: Subscriber): Promise<MessagesChoice> {
  return choiceOf(db(), subscriber.userId)
}

async function choiceOf(reader: Reader, userId: string): Promise<MessagesChoice> {
  const [row] = await reader
    .select({
      accepted: sql<boolean>`${acceptsMessages(sql`${userId}::uuid`)}`,
      givenAt: max(consents.givenAt),
      withdrawnAt: max(consents.withdrawnAt),
    })
    .from(consents)
    .where(and(eq(consents.userId, userId), eq(consents.kind, 'messages')))
  const accepted = row?.accepted ?? false
  return { accepted, since: (accepted ? row?.givenAt : row?.withdrawnAt) ?? undefined }
}

/**
 * Gives or withdraws the consent to calls, SMS and e-mail (clause 4.5 of the user agreement). Choosing what is chosen
 * already changes nothing. What was given stays on record with the day it was withdrawn.
 */
export async function chooseMessages(subscriber: Subscriber, accepted: boolean, now: Date): Promise<Result> {
  return db().transaction(async (tx) => {
    const { userId } = subscriber
    // Of two clicks at once the second sees what the first did.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
    if ((await choiceOf(tx, userId)).accepted === accepted) return ok()
    await (accepted ? give(tx, subscriber, now) : withdraw(tx, userId, now))
    await record(tx, subscriber, {
      action: 'messages.chosen',
      subject: { kind: 'user', id: userId, label: subscriber.login },
      before: { messages: !accepted },
      after: { messages: accepted },
    })
    return ok()
  })
}

async function give(tx: Tx, { userId, address }: Subscriber, now: Date): Promise<void> {
  await tx
    .insert(consents)
    .values({ kind: 'messages', userId, textHash: textHash(MESSAGES_CONSENT), givenAt: now, address })
}

async function withdraw(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .update(consents)
    .set({ withdrawnAt: now })
    .where(and(eq(consents.userId, userId), eq(consents.kind, 'messages'), isNull(consents.withdrawnAt)))
}
