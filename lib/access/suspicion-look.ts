import { createHmac } from 'node:crypto'
import { and, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import {
  accessRequests,
  accountAccess,
  auditLog,
  contactChanges,
  sessions,
  suspicions,
  users,
} from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { networkOf } from '@/lib/session/throttle'
import { CROWD, crowd, fast, GUESSES, guessed, moved, type Raised, REQUESTS } from './suspicion-rules'

const DAY_MS = 86_400_000

/**
 * Looks at what happened within a day and raises the signs that an account of a user may be in strange hands; each once, however
 * often this runs and in however many processes. @returns how many are new
 */
export async function raiseSuspicions(now: Date): Promise<number> {
  const since = new Date(now.getTime() - DAY_MS)
  const signs = [
    ...guessed(await guessesSince(since)),
    ...moved(await movesSince(since)),
    ...crowd(await crowdsSince(since), now),
    ...(await fastSince(since)),
  ]
  let count = 0
  for (const sign of signs) if (await raise(sign, now)) count += 1
  return count
}

async function raise({ userId, sign, about, evidence }: Raised, now: Date): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [raised] = await tx
      .insert(suspicions)
      .values({ userId, sign, about, evidence, raisedAt: now })
      .onConflictDoNothing({ target: [suspicions.sign, suspicions.about] })
      .returning({ id: suspicions.id })
    if (!raised) return false
    const [user] = userId
      ? await tx.select({ login: users.login }).from(users).where(eq(users.id, userId))
      : []
    await record(tx, SERVICE, {
      action: 'suspicion.raised',
      subject:
        userId && user
          ? { kind: 'user', id: userId, label: user.login }
          : { kind: 'suspicion', id: raised.id, label: sign },
      after: { sign },
    })
    return true
  })
}

/** Sign-ins of subscribers after wrong passwords, as the journal has them. */
async function guessesSince(since: Date) {
  const failures = sql<number>`(${auditLog.after}->>'failures')::int`
  const rows = await db()
    .select({ id: auditLog.id, userId: users.id, failures, at: auditLog.at })
    .from(auditLog)
    .innerJoin(users, eq(users.id, auditLog.actorId))
    .where(
      and(
        eq(auditLog.action, 'session.started'),
        gt(auditLog.at, since),
        eq(users.kind, 'subscriber'),
        gte(failures, GUESSES),
      ),
    )
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

/** Changed e-mails and sign-ins from new devices of the same person, one of both within the time; the first sign-in ever is none. */
async function movesSince(since: Date) {
  const earlier = alias(sessions, 'earlier')
  const before = db()
    .select({ one: sql`1` })
    .from(earlier)
    .where(and(eq(earlier.userId, sessions.userId), lt(earlier.createdAt, sessions.createdAt)))
  const rows = await db()
    .select({
      changeId: contactChanges.id,
      userId: contactChanges.userId,
      signedInAt: sessions.createdAt,
      changedAt: contactChanges.confirmedAt,
    })
    .from(contactChanges)
    .innerJoin(sessions, eq(sessions.userId, contactChanges.userId))
    .where(
      and(
        eq(contactChanges.kind, 'email'),
        isNotNull(contactChanges.confirmedAt),
        sql`greatest(${contactChanges.confirmedAt}, ${sessions.createdAt}) > ${since.toISOString()}::timestamptz`,
        eq(sessions.knownDevice, false),
        sql`exists ${before}`,
      ),
    )
    .orderBy(sessions.createdAt)
  return rows.flatMap(({ changedAt, ...row }) => (changedAt ? [{ ...row, changedAt }] : []))
}

/**
 * Who with an account signed in from where. Helpers have none and do not count: a social worker signs in as themselves. Of IPv4
 * addresses only those with enough people come; IPv6 ones are of the same network when their halves are.
 */
async function crowdsSince(since: Date) {
  const recent = and(gt(sessions.createdAt, since), ne(sessions.mode, 'staff'), ne(sessions.address, ''))
  const busy = db()
    .select({ address: sessions.address })
    .from(sessions)
    .where(recent)
    .groupBy(sessions.address)
    .having(sql`count(distinct ${sessions.userId}) >= ${CROWD} or ${sessions.address} like '%:%'`)
  const holders = db()
    .select({ userId: accountAccess.userId })
    .from(accountAccess)
    .where(isNull(accountAccess.endedAt))
  const rows = await db()
    .select({ userId: sessions.userId, address: sessions.address, at: sessions.createdAt })
    .from(sessions)
    .where(and(recent, inArray(sessions.address, busy), inArray(sessions.userId, holders)))
  return rows.map(({ address, ...row }) => ({ ...row, where: markOf(networkOf(address)) }))
}

/** Requests from outside; those of people who are known already have their own limit. */
async function fastSince(since: Date): Promise<Raised[]> {
  const outside = and(gt(accessRequests.submittedAt, since), isNull(accessRequests.askedBy))
  const rows = await db()
    .select({
      number: accessRequests.number,
      address: accessRequests.submittedFrom,
      phone: accessRequests.phone,
      at: accessRequests.submittedAt,
    })
    .from(accessRequests)
    .where(outside)
  if (rows.length < REQUESTS) return []
  const by = (where: (row: (typeof rows)[number]) => string) =>
    rows.flatMap((row) => (where(row) ? [{ ...row, where: markOf(where(row)) }] : []))
  return [
    ...fast(
      by(({ address }) => networkOf(address)),
      'address',
    ),
    ...fast(
      by(({ phone }) => phone),
      'phone',
    ),
  ]
}

/** Stands for an address or a phone: always the same for one, and tells neither. */
function markOf(what: string): string {
  return createHmac('sha256', env().AUTH_SECRET).update(`suspicion:${what}`).digest('base64url').slice(0, 22)
}
