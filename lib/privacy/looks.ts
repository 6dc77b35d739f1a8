import { and, desc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { accessRequests, auditLog, users } from '@/db/schema'
import { type AuditAction, auditActions } from '@/lib/audit/catalogue'
import { record } from '@/lib/audit/record'
import { roleNames } from '@/lib/session/permissions'
import type { Staff, Subscriber } from '@/lib/session/require'

/** Somebody of the company looked at a person's data, or did something with them. */
export interface Look {
  at: Date
  /** «Оператор»: the role, not the name. */
  role: string
  what: string
  /** Why, where it was asked. */
  reason: string | undefined
}

const MOST_SHOWN = 200
const HOUR_MS = 3_600_000

/** Who of the company looked at the subscriber's data or changed them, the latest first; at most 200. */
export async function looksAt(subscriber: Subscriber): Promise<Look[]> {
  const requests = db()
    .select({ id: sql<string>`${accessRequests.id}::text` })
    .from(accessRequests)
    .where(eq(accessRequests.userId, subscriber.userId))
  const found = await db()
    .select({ at: auditLog.at, action: auditLog.action, after: auditLog.after, roles: users.roles })
    .from(auditLog)
    .innerJoin(users, and(eq(users.id, auditLog.actorId), eq(users.kind, 'staff')))
    .where(
      or(
        and(eq(auditLog.subjectKind, 'user'), eq(auditLog.subjectId, subscriber.userId)),
        and(eq(auditLog.subjectKind, 'request'), inArray(auditLog.subjectId, requests)),
      ),
    )
    .orderBy(desc(auditLog.at))
    .limit(MOST_SHOWN)
  return found.map(({ at, action, after, roles }) => ({
    at,
    role: roles.map((role) => roleNames[role]).join(', ') || 'Сотрудник',
    what: isKnown(action) ? auditActions[action] : action,
    reason: reasonIn(action, after),
  }))
}

const reasoned = z.object({ reason: z.string() })

/** The reason of a look at a passport; those of blocks are for colleagues only (agreement, clause 3.2). */
function reasonIn(action: string, after: unknown): string | undefined {
  return action === 'passport.viewed' ? reasoned.safeParse(after).data?.reason : undefined
}

function isKnown(action: string): action is AuditAction {
  return action in auditActions
}

/** Writes down that a member of staff has a person's page open; once an hour for each of both. */
export async function noteLook(
  staff: Staff,
  person: { id: string; login: string },
  now: Date,
): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('kabinet look'), hashtext(${staff.userId + person.id}))`,
    )
    const lately = and(
      eq(auditLog.subjectKind, 'user'),
      eq(auditLog.subjectId, person.id),
      eq(auditLog.action, 'person.viewed'),
      eq(auditLog.actorId, staff.userId),
      gt(auditLog.at, new Date(now.getTime() - HOUR_MS)),
    )
    if ((await tx.$count(auditLog, lately)) > 0) return
    await record(tx, staff, {
      action: 'person.viewed',
      subject: { kind: 'user', id: person.id, label: person.login },
    })
  })
}
