import { and, eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { sessions, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { logRefusal } from '@/lib/log'
import { warningAddresses } from '@/lib/mail/mailboxes'
import { owe } from '@/lib/mail/owe'
import { type FieldErrors, invalid, ok, type Result, refused } from '@/lib/result'
import { passwordProblem } from '@/lib/session/password-rules'
import { BusyError, hashPassword, verifyPassword } from '@/lib/session/passwords'
import type { Subscriber } from '@/lib/session/require'
import { revokeOtherSessions } from '@/lib/session/sessions'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { lockUser, subjectOf } from './contact-change'
import { revokeLinks } from './links'
import { accountNumbersOf } from './queries'

type Refusal = 'throttled' | 'busy' | 'late'

/**
 * Changes the subscriber's own password: the old one is asked for, wrong ones are counted like those typed again before what is
 * grave. The other sessions and unused links end, a letter tells. Refused: `throttled`, `busy`, `late` (it was changed meanwhile).
 */
export async function changePassword(
  subscriber: Subscriber,
  input: { current: string; password: string },
  now: Date,
): Promise<Result<undefined, Refusal>> {
  const counts: Count[] = [['password-again', subscriber.userId]]
  const free = await take(counts)
  if (free !== 'free')
    return refused('throttled', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const [user] = await db().select().from(users).where(eq(users.id, subscriber.userId))
  try {
    const right = await verifyPassword(input.current, user?.passwordHash ?? null)
    if (right) await giveBack(counts)
    else logRefusal('password again refused', { code: 'wrong', user: subscriber.userId })
    const errors = await problemsWith(subscriber, input, right)
    if (errors) return invalid(errors)
    const passwordHash = await hashPassword(input.password)
    return await db().transaction((tx) =>
      replace(tx, subscriber, user?.passwordHash ?? null, passwordHash, now),
    )
  } catch (error) {
    if (error instanceof BusyError)
      return refused('busy', 'Сейчас слишком много входов. Попробуйте через минуту.')
    throw error
  }
}

/** What is wrong with the new password is told only to whoever knows the old one. */
async function problemsWith(
  { userId, login }: Subscriber,
  { current, password }: { current: string; password: string },
  right: boolean,
): Promise<FieldErrors | undefined> {
  if (!right) return { current: 'Пароль не подошёл. Введите тот, с которым вы входите.' }
  if (current === password) return { password: 'Это прежний пароль. Придумайте другой.' }
  const problem = passwordProblem(password, [login, ...(await accountNumbersOf(db(), userId))])
  return problem ? { password: problem } : undefined
}

async function replace(
  tx: Tx,
  subscriber: Subscriber,
  before: string | null,
  passwordHash: string,
  now: Date,
): Promise<Result<undefined, Refusal>> {
  const user = await lockUser(tx, subscriber.userId)
  if (user.passwordHash !== before)
    return refused('late', 'Пароль только что изменили в другом месте. Войдите заново.')
  await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id))
  await tx
    .update(sessions)
    .set({ reauthenticatedAt: now })
    .where(and(eq(sessions.userId, user.id), eq(sessions.idHash, subscriber.sessionHash)))
  await revokeOtherSessions(tx, subscriber, 'password')
  await revokeLinks(tx, user.id, now)
  for (const address of await warningAddresses(tx, user.id, now))
    await owe(tx, 'password-changed', address, { at: now.toISOString() })
  await record(tx, subscriber, { action: 'password.changed', subject: subjectOf(user) })
  return ok()
}
