import { and, eq, gt } from 'drizzle-orm'
import { db } from '@/db/client'
import { sessions, users } from '@/db/schema'
import { logEvent, logRefusal } from '@/lib/log'
import { BusyError, verifyPassword } from './passwords'
import { type Count, giveBack, inMinutes, take } from './throttle'

/** How long after the password was typed what is grave may be done without typing it again (ASVS 5.0 §7.5.1). */
const FRESH_MS = 5 * 60_000

/** Whether the person has just shown that it is them, and what to tell when not. */
export type Freshness = { kind: 'fresh' } | { kind: 'stale'; message: string }

/**
 * Whether the password was typed within the last five minutes; a right `password` makes the session fresh again. Wrong ones
 * are counted like those of the login.
 */
export async function freshness(
  who: { userId: string; sessionHash: Buffer },
  password: string | undefined,
  now: Date,
): Promise<Freshness> {
  if (!password) return (await isFresh(who.sessionHash, now)) ? { kind: 'fresh' } : stale(ASK)
  const counts: Count[] = [['password-again', who.userId]]
  const free = await take(counts)
  if (free !== 'free') return stale(`Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const [user] = await db()
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, who.userId))
  try {
    if (!(await verifyPassword(password, user?.passwordHash ?? null))) {
      logRefusal('password again refused', { code: 'wrong', user: who.userId })
      return stale('Пароль не подошёл. Введите тот, с которым вы входите.')
    }
  } catch (error) {
    if (error instanceof BusyError) return stale('Сейчас слишком много входов. Попробуйте через минуту.')
    throw error
  }
  await giveBack(counts)
  logEvent('password typed again', { user: who.userId })
  await db().update(sessions).set({ reauthenticatedAt: now }).where(eq(sessions.idHash, who.sessionHash))
  return { kind: 'fresh' }
}

const ASK = 'Это важное действие. Введите свой пароль ещё раз и нажмите кнопку: всё остальное на месте.'

async function isFresh(sessionHash: Buffer, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - FRESH_MS)
  const [found] = await db()
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(and(eq(sessions.idHash, sessionHash), gt(sessions.reauthenticatedAt, since)))
  return found !== undefined
}

function stale(message: string): Freshness {
  return { kind: 'stale', message }
}
