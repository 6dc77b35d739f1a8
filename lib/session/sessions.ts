import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { blocks, sessions, users } from '@/db/schema'
import { documentsDue } from '@/lib/documents/acceptance'
import type { StaffRole } from './permissions'

export type SessionMode = 'own' | 'shared' | 'staff'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Idle and absolute ends by mode: own device, «Чужой компьютер», staff. */
export const sessionEnds = {
  own: { idleMs: 7 * DAY_MS, absoluteMs: 30 * DAY_MS },
  shared: { idleMs: 10 * MINUTE_MS, absoluteMs: 60 * MINUTE_MS },
  staff: { idleMs: 15 * MINUTE_MS, absoluteMs: 8 * HOUR_MS },
} as const

/** How often at most a session is noted as seen; the short ones oftener, or they would end too soon. */
const noteEvery = { own: MINUTE_MS, shared: MINUTE_MS, staff: 10 * SECOND_MS } as const

export interface LiveSession {
  kind: 'live'
  idHash: Buffer
  mode: SessionMode
  /** When it ends if nothing more is asked, and when it ends at all. */
  idleEndsAt: Date
  endsAt: Date
  /** The version of the agreement in force when the session began, while the person has something to accept first; else null. */
  mustAccept: number | null
  user: { id: string; kind: 'subscriber' | 'staff'; roles: StaffRole[]; login: string; name: string }
}
/** Staff after the right password and before their second factor: opens nothing but the page that asks for it. */
export interface HalfwaySession {
  kind: 'halfway'
  idHash: Buffer
  startedAt: Date
  user: { id: string; login: string }
}
/** What a request's cookie amounts to. */
export type SessionState =
  | { kind: 'anonymous' }
  | { kind: 'ended' }
  | { kind: 'blocked' }
  | HalfwaySession
  | LiveSession

/**
 * Makes a session row; the id returned goes into the cookie and nowhere else. A subscriber who has not accepted what is in
 * force goes on only after it (agreement clause 2.5); sessions that began before are left alone.
 */
export async function startSession(
  tx: Tx,
  of: {
    userId: string
    mode: SessionMode
    device: string
    address: string
    /** The browser had signed in with this login before. */
    knownDevice?: boolean
    now: Date
  },
): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  await tx.insert(sessions).values({
    idHash: sessionHash(id),
    userId: of.userId,
    mustAccept: of.mode === 'staff' ? null : await toAccept(tx, of.userId),
    mode: of.mode,
    device: of.device,
    address: of.address,
    knownDevice: of.knownDevice ?? false,
    createdAt: of.now,
    lastSeenAt: of.now,
    reauthenticatedAt: of.now,
    endsAt: new Date(of.now.getTime() + sessionEnds[of.mode].absoluteMs),
  })
  return id
}

async function toAccept(tx: Tx, userId: string): Promise<number | null> {
  const { due, agreement } = await documentsDue(tx, userId)
  return due.length > 0 ? agreement : null
}

/**
 * Makes the session of a member of staff whole after the second factor, under a new id (ASVS 5.0 §7.2.4).
 * @returns the new id for the cookie; undefined when the session ended meanwhile
 */
export async function renewSession(tx: Tx, idHash: Buffer, now: Date): Promise<string | undefined> {
  const id = randomBytes(32).toString('base64url')
  const renewed = await tx
    .update(sessions)
    .set({ idHash: sessionHash(id), secondFactorAt: now, lastSeenAt: now })
    .where(and(eq(sessions.idHash, idHash), isNull(sessions.revokedAt), isNull(sessions.secondFactorAt)))
    .returning({ idHash: sessions.idHash })
  return renewed.length > 0 ? id : undefined
}

/** Session, user and block in one question; notes that the session was seen, at most once a minute (of staff: every ten seconds). */
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
  const { user, session } = row
  // Not noted as seen: there is a quarter of an hour from the password to the code.
  if (user.kind === 'staff' && !session.secondFactorAt)
    return {
      kind: 'halfway',
      idHash: session.idHash,
      startedAt: session.createdAt,
      user: { id: user.id, login: user.login },
    }
  return live(session, user, now)
}

async function live(
  session: typeof sessions.$inferSelect,
  user: typeof users.$inferSelect,
  now: Date,
): Promise<LiveSession> {
  const { idHash, mode, endsAt } = session
  const seenAt = await noteSeen(session, now)
  const name = [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ')
  return {
    kind: 'live',
    idHash,
    mode,
    idleEndsAt: new Date(seenAt.getTime() + sessionEnds[mode].idleMs),
    endsAt,
    mustAccept: session.mustAccept,
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

/** Ends one session: its owner signs out, or ends it from another one. @returns whether it was not ended before */
export async function revokeSession(
  reader: Reader,
  idHash: Buffer,
  reason: 'logout' | 'ended' = 'logout',
): Promise<boolean> {
  const ended = await reader
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(and(eq(sessions.idHash, idHash), isNull(sessions.revokedAt)))
    .returning({ userId: sessions.userId })
  return ended.length > 0
}

/** Ends every session of a user but one, in the caller's transaction. */
export async function revokeOtherSessions(
  tx: Tx,
  { userId, sessionHash: kept }: { userId: string; sessionHash: Buffer },
  reason: 'ended' | 'password',
): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(and(eq(sessions.userId, userId), ne(sessions.idHash, kept), isNull(sessions.revokedAt)))
}

/** Ends every session of a user, in the caller's transaction. */
export async function revokeSessionsOf(
  tx: Tx,
  userId: string,
  reason: 'block' | 'password' | 'reset' | 'ended',
): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
}

/** @returns when it was seen last, by the database */
async function noteSeen(
  session: { idHash: Buffer; mode: SessionMode; lastSeenAt: Date },
  now: Date,
): Promise<Date> {
  if (now.getTime() - session.lastSeenAt.getTime() < noteEvery[session.mode]) return session.lastSeenAt
  await db().update(sessions).set({ lastSeenAt: now }).where(eq(sessions.idHash, session.idHash))
  return now
}

/** Lets every session of a user go on: what had to be accepted is. In the caller's transaction. */
export async function letGoOn(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ mustAccept: null })
    .where(and(eq(sessions.userId, userId), isNotNull(sessions.mustAccept)))
}

/** What the database keeps of a session's id. */
export function sessionHash(id: string): Buffer {
  return createHash('sha256').update(id).digest()
}
