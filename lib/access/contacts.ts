import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { contactChanges, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { contactToken, tokenHash } from '@/lib/mail/link-token'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'
import { isBlocked } from './commands'
import { type ContactKind, cancelOpenChanges, lockUser, putInForce, subjectOf } from './contact-change'
import { CONFIRM_EMAIL_MS, changeState } from './rules'

/**
 * Asks for another e-mail: a letter with a one-time link goes to the new address, the old one stays in force until it is
 * confirmed. An earlier change that still waits is replaced. Refused: `often`.
 */
export async function askEmailChange(
  subscriber: Subscriber,
  email: string,
  now: Date,
): Promise<Result<undefined, 'often'>> {
  const { userId } = subscriber
  const [current] = await db().select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (current?.email.toLowerCase() === email.toLowerCase())
    return invalid({ email: 'Это и есть ваш нынешний адрес' })
  const free = await take([
    ['contact-asked', userId],
    ['contact-value', email],
  ])
  if (free !== 'free')
    return refused('often', `Слишком много изменений подряд. Попробуйте ${inMinutes(free.minutes)}.`)
  await db().transaction(async (tx) => {
    const user = await lockUser(tx, userId)
    await cancelOpenChanges(tx, userId, now, 'email')
    const id = randomUUID()
    const confirmBy = new Date(now.getTime() + CONFIRM_EMAIL_MS)
    await tx.insert(contactChanges).values({
      ...{ id, userId, kind: 'email', oldValue: user.email, newValue: email },
      ...{ askedAt: now, confirmBy, confirmHash: tokenHash(contactToken(id)) },
    })
    await owe(tx, 'email-confirm', email, { changeId: id, confirmBy: confirmBy.toISOString() })
    await record(tx, subscriber, {
      action: 'contact.asked',
      subject: subjectOf(user),
      after: { kind: 'email' },
    })
  })
  return ok()
}

/**
 * Puts a new e-mail in force by the link that went to it; no login is needed, the mailbox is what is shown. Who had the old
 * address gets a letter and can undo it for 72 hours. Refused: `link` (unknown, used, replaced, late).
 */
export async function confirmEmail(
  token: string,
  visitor: { address: string },
  now: Date,
): Promise<Result<undefined, 'link'>> {
  const found = await changeByToken(token)
  if (!found) return deadLink()
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, found.userId)
    const [change] = await tx.select().from(contactChanges).where(eq(contactChanges.id, found.id))
    if (!change || changeState(change, now) !== 'open' || (await isBlocked(tx, user.id))) return deadLink()
    const actor = { userId: user.id, login: user.login, address: visitor.address }
    await putInForce(tx, actor, user, { ...change, oldValue: user.email }, { proven: true, now })
    return ok()
  })
}

async function changeByToken(token: string) {
  const [change] = await db()
    .select()
    .from(contactChanges)
    .where(and(eq(contactChanges.confirmHash, tokenHash(token)), eq(contactChanges.kind, 'email')))
  return change
}

/** What the link to confirm an e-mail is worth; looking changes nothing. */
export async function emailLink(token: string, now: Date): Promise<'open' | 'done' | 'late' | 'unknown'> {
  const change = await changeByToken(token)
  return change ? changeState(change, now) : 'unknown'
}

function deadLink() {
  return refused('link' as const, 'Ссылка больше не действует. Укажите адрес в профиле ещё раз.')
}

/** Gives up a change that waits to be confirmed; nothing when there is none. */
export async function cancelContactChange(
  subscriber: Subscriber,
  kind: ContactKind,
  now: Date,
): Promise<Result> {
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, subscriber.userId)
    if (!(await cancelOpenChanges(tx, user.id, now, kind))) return ok()
    await record(tx, subscriber, { action: 'contact.cancelled', subject: subjectOf(user), after: { kind } })
    return ok()
  })
}
