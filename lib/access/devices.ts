import { createHash } from 'node:crypto'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { sessions } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import { deviceWords } from '@/lib/session/device'
import type { Subscriber } from '@/lib/session/require'
import { isLive, revokeOtherSessions, revokeSession, type SessionMode } from '@/lib/session/sessions'

/** How many sign-ins that have ended are shown, and for how long, ms. */
const ENDED_SHOWN = 10
const ENDED_FOR_MS = 30 * 86_400_000
/** More open ones than anybody has. */
const MOST = 200

/** A sign-in of the subscriber's own. */
export interface SignIn {
  /** Names it in a form; the session's own id is not in it. */
  ref: string
  mode: SessionMode
  /** «Chrome, Windows». */
  device: string
  address: string
  createdAt: Date
  lastSeenAt: Date
  /** The browser had signed in before. */
  knownDevice: boolean
  /** The one that asks. */
  current: boolean
}

/** The subscriber's sign-ins, newest first: those open now, and those of the last 30 days that have ended. */
export async function signInsOf(
  subscriber: Subscriber,
  now: Date,
): Promise<{ open: SignIn[]; ended: SignIn[] }> {
  const rows = await db()
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, subscriber.userId),
        gt(sessions.createdAt, new Date(now.getTime() - ENDED_FOR_MS)),
      ),
    )
    .orderBy(desc(sessions.createdAt))
    .limit(MOST)
  const live = rows.filter((row) => isLive(row, now))
  const ended = rows.filter((row) => !isLive(row, now)).slice(0, ENDED_SHOWN)
  const lineOf = (row: (typeof rows)[number]) => signIn(row, subscriber)
  return { open: live.map(lineOf), ended: ended.map(lineOf) }
}

function signIn(row: typeof sessions.$inferSelect, { sessionHash }: Subscriber): SignIn {
  const { idHash, mode, device, address, createdAt, lastSeenAt, knownDevice } = row
  const words = deviceWords(device) || 'Устройство неизвестно'
  const current = idHash.equals(sessionHash)
  return { ref: refOf(idHash), mode, device: words, address, createdAt, lastSeenAt, knownDevice, current }
}

function refOf(idHash: Buffer): string {
  return createHash('sha256').update('sign-in').update(idHash).digest('base64url').slice(0, 22)
}

/** Ends one of the subscriber's sign-ins, at its next click. Refused: `unknown` (not theirs, or there is none), `current`. */
export async function endSignIn(
  subscriber: Subscriber,
  ref: string,
): Promise<Result<undefined, 'unknown' | 'current'>> {
  return db().transaction(async (tx) => {
    const own = await tx
      .select({ idHash: sessions.idHash })
      .from(sessions)
      .where(and(eq(sessions.userId, subscriber.userId), isNull(sessions.revokedAt)))
    const found = own.find(({ idHash }) => refOf(idHash) === ref)
    if (!found) return refused('unknown', 'Этот вход уже завершён.')
    if (found.idHash.equals(subscriber.sessionHash))
      return refused('current', 'Это вход, с которого вы смотрите. Чтобы завершить его, нажмите «Выйти».')
    if (await revokeSession(tx, found.idHash, 'ended'))
      await record(tx, subscriber, { action: 'session.closed', subject: subject(subscriber) })
    return ok()
  })
}

/** Ends every sign-in of the subscriber's but the one that asks. */
export async function endOtherSignIns(subscriber: Subscriber): Promise<Result> {
  return db().transaction(async (tx) => {
    await revokeOtherSessions(tx, subscriber, 'ended')
    await record(tx, subscriber, {
      action: 'session.closed',
      subject: subject(subscriber),
      after: { all: true },
    })
    return ok()
  })
}

function subject({ userId, login }: Subscriber) {
  return { kind: 'user', id: userId, label: login } as const
}
