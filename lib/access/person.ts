import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, consents, letters, users } from '@/db/schema'
import { subjectOf } from '@/lib/mail/subject'
import type { Staff } from '@/lib/session/require'

const MOST = 20
/** A letter usually leaves within seconds. */
const LATE_MS = 5 * 60_000

/** What a person agreed to, on requests and later, with withdrawals; the newest first. */
export async function consentsOfPerson(_staff: Staff, userId: string) {
  return db()
    .select({
      id: consents.id,
      kind: consents.kind,
      version: consents.documentVersion,
      givenAt: consents.givenAt,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .leftJoin(accessRequests, eq(accessRequests.id, consents.requestId))
    .where(or(eq(consents.userId, userId), eq(accessRequests.userId, userId)))
    .orderBy(desc(consents.givenAt))
    .limit(MOST)
}

/** Letters to a person's present e-mail that have not left: refused by the mail server, or waiting too long. */
export async function lettersNotDelivered(_staff: Staff, userId: string, now: Date) {
  const rows = await db()
    .select({
      id: letters.id,
      kind: letters.kind,
      payload: letters.payload,
      createdAt: letters.createdAt,
      attempts: letters.attempts,
      lastError: letters.lastError,
    })
    .from(letters)
    .innerJoin(
      users,
      and(eq(users.id, userId), eq(sql`lower(${users.email})`, sql`lower(${letters.toEmail})`)),
    )
    .where(
      and(
        isNull(letters.sentAt),
        or(sql`${letters.attempts} > 0`, lt(letters.createdAt, new Date(now.getTime() - LATE_MS))),
      ),
    )
    .orderBy(desc(letters.createdAt))
    .limit(MOST)
  return Promise.all(
    rows.map(async ({ kind, payload, ...row }) => ({ ...row, subject: await subjectOf(kind, payload) })),
  )
}
