import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { blocks, sessions, users } from '@/db/schema'
import type { StaffRole } from './permissions'

export type SessionMode = 'own' | 'shared' | 'staff'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Idle and absolute ends by mode: own device, «Чужой компьютер», staff. */
export const sessionEnds = {
  own: { idleMs: 7 * DAY_MS, absoluteMs: 30 * DAY_MS },
  shared: { idleMs: 10 * MINUTE_MS, absoluteMs: 60 * MINUTE_MS },
  staff: { idleMs: 15 * MINUTE_MS, absoluteMs: 8 * HOUR_MS },
} as const

export interface LiveSession {
  kind: 'live'
  idHash: Buffer
  mode: SessionMode
  user: { id: string; kind: 'subscriber' | 'staff'; roles: StaffRole[]; login: string; name: string }
}
/** What a request's cookie amounts to. */
export type SessionState = { kind: 'anonymous' } | { kind: 'ended' } | { kind: 'blocked' } | LiveSession

/** Makes a session row; the id returned goes into the cookie and nowhere else. */
export async function startSession(
  tx: Tx,
  of: { userId: string; mode: SessionMode; device: string; address: string; now: Date },
): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  await tx.insert(sessions).values({
    idHash: sessionHash(id),
    userId: of.userId,
    mode: of.mode,
    device: of.device,
    address: of.address,
    createdAt: of.now,
    lastSeenAt: of.now,
    reauthenticatedAt: of.now,
    endsAt: new Date(of.now.getTime() + sessionEnds[of.mode].absoluteMs),
  })
  return id
}

/** Session, user and block in one question; notes that the session was seen, at most once a minute. */
export async function sessionState(id: string | undefined, now: Date): Promise<SessionState> {
  if (!id) return { kind: 'anonymous' }
  const [row] = await db()
    .select({ session: sessions, user: users, blockId: blocks.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(blocks, and(eq(blocks.userId, users.id), isNull(blocks.unblockedAt)))
    .where(eq(sessions.idHash, sessionHash(id)))
  if (!row) return { kind: 'ended' }
  if (row.blockId && row.session.revokeReason === 'block') return { kind: 'blocked' }
  if (row.blockId || !isLive(row.session, now)) return { kind: 'ended' }
  await noteSeen(row.session, now)
  const { user } = row
  const name = [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ')
  return {
    kind: 'live',
    idHash: row.session.idHash,
    mode: row.session.mode,
    user: { id: user.id, kind: user.kind, roles: user.roles, login: user.login, name },
  }
}

/** Whether a session still lives at that moment. */
export function isLive(
  session: { mode: SessionMode; lastSeenAt: Date; endsAt: Date; revokedAt: Date | null },
  now: Date,
): boolean {
  const idleEnd = session.lastSeenAt.getTime() + sessionEnds[session.mode].idleMs
  return !session.revokedAt && now < session.endsAt && now.getTime() < idleEnd
}

/** Ends one session. */
export async function revokeSession(reader: Reader, idHash: Buffer): Promise<void> {
  await reader
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: 'logout' })
    .where(and(eq(sessions.idHash, idHash), isNull(sessions.revokedAt)))
}

/** Ends every session of a user, in the caller's transaction. */
export async function revokeSessionsOf(
  tx: Tx,
  userId: string,
  reason: 'block' | 'password' | 'reset',
): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
}

async function noteSeen(session: { idHash: Buffer; lastSeenAt: Date }, now: Date): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < MINUTE_MS) return
  await db().update(sessions).set({ lastSeenAt: now }).where(eq(sessions.idHash, session.idHash))
}

/** What the database keeps of a session's id. */
export function sessionHash(id: string): Buffer {
  return createHash('sha256').update(id).digest()
}
