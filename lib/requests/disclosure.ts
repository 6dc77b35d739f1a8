import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accessRequests, passports } from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { openPassport, type Passport } from './passports'
import { type ViewReason, viewReasons } from './schema'

const DAY_MS = 86_400_000
const BATCH = 200

/**
 * Opens the passport of one request for one member of staff; the look and its reason are written in the same
 * transaction, so nobody sees a passport unrecorded. Refused: `unknown`, `erased`.
 */
export async function revealPassport(
  staff: Staff,
  requestId: string,
  reason: ViewReason,
): Promise<Result<Passport, 'unknown' | 'erased'>> {
  return db().transaction(async (tx) => {
    const found = await sealedPassport(tx, requestId)
    if (!found) return refused('unknown', 'Такой заявки нет.')
    const { wrappedKey, number, issuedBy, issuedOn } = found.passport
    if (!wrappedKey || !number || !issuedBy || !issuedOn)
      return refused('erased', 'Паспорт уже удалён: после решения он хранится недолго.')
    await record(tx, staff, {
      action: 'passport.viewed',
      subject: { kind: 'request', id: requestId, label: found.number },
      after: { reason: viewReasons[reason] },
    })
    return ok(openPassport(requestId, { wrappedKey, number, issuedBy, issuedOn }))
  })
}

async function sealedPassport(tx: Tx, requestId: string) {
  const [found] = await tx
    .select({ number: accessRequests.number, passport: passports })
    .from(passports)
    .innerJoin(accessRequests, eq(accessRequests.id, passports.requestId))
    .where(eq(passports.requestId, requestId))
    .for('share', { of: passports })
  return found
}

/**
 * Removes the passports of requests decided longer ago than the settings allow (152-ФЗ, default 30 days); that there
 * was one, and its last 3 digits, stay. Safe to repeat and from several processes at once. @returns how many
 */
export async function erasePassportsDue(now: Date): Promise<number> {
  let erased = 0
  for (;;) {
    const batch = await db().transaction((tx) => eraseBatch(tx, now))
    erased += batch
    if (batch < BATCH) return erased
  }
}

async function eraseBatch(tx: Tx, now: Date): Promise<number> {
  const { passportRetentionDays } = await readSettings(tx)
  const decidedBefore = new Date(now.getTime() - passportRetentionDays * DAY_MS)
  const due = await tx
    .select({ id: passports.requestId, number: accessRequests.number })
    .from(passports)
    .innerJoin(accessRequests, eq(accessRequests.id, passports.requestId))
    .where(and(isNull(passports.erasedAt), lte(accessRequests.decidedAt, decidedBefore)))
    .orderBy(asc(accessRequests.decidedAt))
    .limit(BATCH)
    .for('update', { of: passports, skipLocked: true })
  for (const request of due) await erase(tx, request, now)
  return due.length
}

async function erase(tx: Tx, request: { id: string; number: string }, now: Date): Promise<void> {
  const nothing = { wrappedKey: null, number: null, issuedBy: null, issuedOn: null, blindIndex: null }
  await tx
    .update(passports)
    .set({ ...nothing, erasedAt: now })
    .where(eq(passports.requestId, request.id))
  await record(tx, SERVICE, {
    action: 'passport.erased',
    subject: { kind: 'request', id: request.id, label: request.number },
  })
}
