import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { credentialLinks, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { tokenHash } from '@/lib/mail/link-token'
import { recoveryAddress } from '@/lib/mail/mailboxes'
import { owe } from '@/lib/mail/owe'
import { type FieldErrors, invalid, ok, type Result, refused } from '@/lib/result'
import { passwordProblem } from '@/lib/session/password-rules'
import { BusyError, hashPassword } from '@/lib/session/passwords'
import { revokeSessionsOf } from '@/lib/session/sessions'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { isBlocked } from './commands'
import { issueLink, revokeLinks } from './links'
import { accountNumbersOf } from './queries'
import { linkState } from './rules'

/** Longer than writing the letters down takes. */
const ANSWER_AFTER_MS = 300

/** How many letters one recovery may cause when an e-mail stands behind several logins. */
const LETTERS_AT_MOST = 5

/**
 * Sets a password by a one-time link and the last four digits of an account of the person; somebody without an account
 * (a helper) has only the link. The link, the other links and every session end with it. Refused: `link` (used, expired,
 * unknown), `throttled`, `busy`.
 */
export async function setPassword(
  input: { token: string; digits?: string | undefined; password: string },
  visitor: { address: string },
  now: Date,
): Promise<Result<undefined, 'link' | 'throttled' | 'busy'>> {
  const link = await findLink(input.token)
  if (!link || linkState(link, now) !== 'usable') return deadLink()
  const counts: Count[] = [
    ['credentials-link', link.id],
    ['credentials-address', visitor.address],
  ]
  const free = await take(counts)
  if (free !== 'free')
    return refused('throttled', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const errors = problemsWith(input, link)
  if (!errors?.digits) await giveBack(counts)
  if (errors) return invalid(errors)
  try {
    const passwordHash = await hashPassword(input.password)
    return await db().transaction((tx) => useLink(tx, link, passwordHash, visitor, now))
  } catch (error) {
    if (error instanceof BusyError)
      return refused('busy', 'Сейчас слишком много входов. Попробуйте через минуту.')
    throw error
  }
}

async function findLink(token: string) {
  const [link] = await db()
    .select({
      id: credentialLinks.id,
      userId: credentialLinks.userId,
      usedAt: credentialLinks.usedAt,
      revokedAt: credentialLinks.revokedAt,
      expiresAt: credentialLinks.expiresAt,
      login: users.login,
    })
    .from(credentialLinks)
    .innerJoin(users, eq(users.id, credentialLinks.userId))
    .where(eq(credentialLinks.tokenHash, tokenHash(token)))
  return link && { ...link, accountNumbers: await accountNumbersOf(db(), link.userId) }
}

function problemsWith(
  { digits, password }: { digits?: string | undefined; password: string },
  { login, accountNumbers }: { login: string; accountNumbers: string[] },
): FieldErrors | undefined {
  const errors: FieldErrors = {}
  if (accountNumbers.length > 0 && !accountNumbers.some((number) => digits && number.endsWith(digits))) {
    errors.digits = 'Это не последние цифры вашего лицевого счёта. Номер счёта есть вверху квитанции.'
  }
  const problem = passwordProblem(password, [login, ...accountNumbers])
  if (problem) errors.password = problem
  return Object.keys(errors).length ? errors : undefined
}

async function useLink(
  tx: Tx,
  { id, userId, login }: { id: string; userId: string; login: string },
  passwordHash: string,
  { address }: { address: string },
  now: Date,
): Promise<Result<undefined, 'link'>> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  const [used] = await tx
    .update(credentialLinks)
    .set({ usedAt: now })
    .where(and(eq(credentialLinks.id, id), isNull(credentialLinks.usedAt), isNull(credentialLinks.revokedAt)))
    .returning({ id: credentialLinks.id })
  if (!used) return deadLink()
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
  await revokeLinks(tx, userId, now)
  await revokeSessionsOf(tx, userId, 'password')
  const actor = { userId, login, address }
  await record(tx, actor, { action: 'password.set', subject: { kind: 'user', id: userId, label: login } })
  return ok()
}

function deadLink() {
  return refused('link' as const, 'Ссылка больше не действует. Запросите новую на странице «Забыли пароль?».')
}

/**
 * Owes a recovery letter to whoever stands behind a login or an e-mail; nobody, when nobody does. The caller
 * answers the same in every case, and the time it takes tells nothing either. Throttled by address and by what was
 * typed; a throttled call does nothing.
 */
export async function requestRecovery(who: string, visitor: { address: string }, now: Date): Promise<void> {
  await Promise.all([oweRecovery(who, visitor, now), pause(ANSWER_AFTER_MS)])
}

async function oweRecovery(who: string, visitor: { address: string }, now: Date): Promise<void> {
  const free = await take([
    ['recovery-address', visitor.address],
    ['recovery-login', who],
  ])
  if (free !== 'free') return
  await db().transaction(async (tx) => {
    const found = await tx
      .select({ id: users.id, login: users.login, email: users.email })
      .from(users)
      .where(
        and(
          eq(users.kind, 'subscriber'),
          // Destroyed by the person's own wish: nobody is left to write to.
          ne(users.email, ''),
          or(eq(users.login, who.toLowerCase()), eq(sql`lower(${users.email})`, who.toLowerCase())),
        ),
      )
      .limit(LETTERS_AT_MOST)
      .for('update')
    for (const user of found) {
      if (await isBlocked(tx, user.id)) continue
      const linkId = await issueLink(tx, user.id, 'recovery', now)
      const digits = (await accountNumbersOf(tx, user.id)).length > 0
      await owe(tx, 'password-recovery', await recoveryAddress(tx, user, now), {
        login: user.login,
        linkId,
        digits,
      })
      await record(
        tx,
        { userId: null, login: 'посетитель', address: visitor.address },
        {
          action: 'link.issued',
          subject: { kind: 'user', id: user.id, label: user.login },
          after: { purpose: 'recovery' },
        },
      )
    }
  })
}
