import { type and, count, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { db } from '@/db/client'
import { suspicions, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { blockWithin, isBlocked, lockSubscriber } from './commands'
import type { Settlement } from './schema'
import { blockWords, type Evidence, evidenceWords, type Sign, signNames } from './suspicion-rules'

const PAGE = 100

/** A sign that was raised, as staff read it. */
export interface Suspicion {
  id: string
  sign: Sign
  name: string
  /** What was seen. */
  words: string
  /** What the reason of a block begins with. */
  blockReason: string
  raisedAt: Date
  /** Whom it is about; null for requests of people without a login. */
  person: { id: string; login: string; name: string } | null
  settled: { at: Date; by: string; outcome: 'blocked' | 'dismissed'; reason: string } | null
}

const stored = z.discriminatedUnion('sign', [
  z.object({ sign: z.literal('guessed'), evidence: z.object({ failures: z.number(), at: z.string() }) }),
  z.object({
    sign: z.literal('moved'),
    evidence: z.object({ signedInAt: z.string(), changedAt: z.string() }),
  }),
  z.object({
    sign: z.literal('crowd'),
    evidence: z.object({ people: z.number(), from: z.string(), to: z.string() }),
  }),
  z.object({
    sign: z.literal('fast'),
    evidence: z.object({
      requests: z.array(z.string()),
      same: z.enum(['address', 'phone']),
      from: z.string(),
      to: z.string(),
    }),
  }),
])

/** Signs nobody has settled, newest first, or those that were; at most 100. */
export async function suspicionQueue(_staff: Staff, state: 'open' | 'settled'): Promise<Suspicion[]> {
  const which = state === 'open' ? isNull(suspicions.settledAt) : isNotNull(suspicions.settledAt)
  return read(which)
}

/** Every sign about one person, newest first. */
export async function suspicionsAbout(_staff: Staff, userId: string): Promise<Suspicion[]> {
  return read(eq(suspicions.userId, userId))
}

/** How many signs wait for staff. */
export async function openSuspicions(_staff: Staff): Promise<number> {
  const [row] = await db().select({ count: count() }).from(suspicions).where(isNull(suspicions.settledAt))
  return row?.count ?? 0
}

async function read(which: ReturnType<typeof and>): Promise<Suspicion[]> {
  const settler = alias(users, 'settler')
  const rows = await db()
    .select({ suspicion: suspicions, user: users, settledBy: settler.login })
    .from(suspicions)
    .leftJoin(users, eq(users.id, suspicions.userId))
    .leftJoin(settler, eq(settler.id, suspicions.settledBy))
    .where(which)
    .orderBy(desc(suspicions.settledAt), desc(suspicions.raisedAt))
    .limit(PAGE)
  return rows.map(({ suspicion, user, settledBy }) => lineOf(suspicion, user, settledBy))
}

function lineOf(
  row: typeof suspicions.$inferSelect,
  user: typeof users.$inferSelect | null,
  by: string | null,
): Suspicion {
  const seen: Evidence = stored.parse({ sign: row.sign, evidence: row.evidence })
  const { settledAt: at, outcome, reason } = row
  const name = user ? [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ') : ''
  return {
    ...{ id: row.id, sign: row.sign, raisedAt: row.raisedAt },
    ...{ name: signNames[row.sign], words: evidenceWords(seen), blockReason: blockWords(seen) },
    person: user ? { id: user.id, login: user.login, name } : null,
    settled: at && outcome ? { at, by: by ?? '', outcome, reason: reason ?? '' } : null,
  }
}

/**
 * Settles a sign: the person is blocked, or it is no danger; both with a reason, in one transaction. Somebody who is blocked
 * already stays so. Refused: `unknown`, `settled` (a colleague was quicker), `nobody` (there is nobody to block).
 */
export async function settleSuspicion(
  staff: Staff,
  { suspicionId, outcome, reason }: Settlement,
  now: Date,
): Promise<Result<{ userId: string | null }, 'unknown' | 'settled' | 'nobody'>> {
  return db().transaction(async (tx) => {
    const [found] = await tx.select().from(suspicions).where(eq(suspicions.id, suspicionId)).for('update')
    if (!found) return refused('unknown', 'Такого признака нет.')
    if (found.settledAt) return refused('settled', 'Коллега уже разобрал этот признак. Обновите страницу.')
    const user = found.userId ? await lockSubscriber(tx, found.userId) : undefined
    if (outcome === 'blocked') {
      if (!user) return refused('nobody', 'Заявка ещё не даёт доступа: блокировать некого. Откажите в ней.')
      if (!(await isBlocked(tx, user.id))) await blockWithin(tx, staff, user, reason, now)
    }
    await tx
      .update(suspicions)
      .set({ settledAt: now, settledBy: staff.userId, outcome, reason })
      .where(eq(suspicions.id, found.id))
    await record(tx, staff, {
      action: 'suspicion.settled',
      subject: user
        ? { kind: 'user', id: user.id, label: user.login }
        : { kind: 'suspicion', id: found.id, label: found.sign },
      after: { sign: found.sign, outcome, reason },
    })
    return ok({ userId: user?.id ?? null })
  })
}
