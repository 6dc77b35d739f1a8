import { and, eq, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import {
  accessRequests,
  contactChanges,
  disconnections,
  enquiryFiles,
  erasureActs,
  letters,
  passports,
  sessions,
  textMessages,
} from '@/db/schema'
import { erasePassportsDue } from '@/lib/requests/disclosure'
import { readSettings } from '@/lib/settings/queries'
import { requestWithoutPerson } from './erasure'
import { type RetentionRule, retentionRules } from './retention'
import { withoutWords } from './wiping'

const DAY_MS = 86_400_000

/**
 * The nightly work: whatever is past its day by `retentionRules` goes, and an act with the counts is kept when anything did.
 * Safe to repeat and from several processes at once. @returns how many of what
 */
export async function applyRetention(now: Date): Promise<Record<string, number>> {
  const erased = await erasePassportsDue(now)
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet retention'))`)
    const settings = await readSettings(tx)
    const destroyed: Record<string, number> = { passports: erased }
    for (const rule of retentionRules) {
      const work = works[rule.key]
      const before = new Date(now.getTime() - rule.days(settings) * DAY_MS)
      if (work) destroyed[rule.key] = (destroyed[rule.key] ?? 0) + (await work(tx, before))
    }
    if (Object.values(destroyed).some((count) => count > 0))
      await tx.insert(erasureActs).values({ ground: 'retention', destroyed, madeAt: now })
    return destroyed
  })
}

type Work = (tx: Tx, before: Date) => Promise<number>
const rows = async (done: Promise<{ rowCount: number | null }>) => (await done).rowCount ?? 0

/** What each rule does; passports have a work of their own. */
const works: Partial<Record<RetentionRule['key'], Work>> = {
  requests: async (tx, before) => {
    const due = and(eq(accessRequests.decision, 'refused'), lt(accessRequests.decidedAt, before))
    const found = await tx
      .update(accessRequests)
      .set(requestWithoutPerson)
      .where(and(due, ne(accessRequests.email, '')))
      .returning({ id: accessRequests.id })
    const ids = found.map(({ id }) => id)
    if (ids.length > 0)
      await tx.update(passports).set({ lastDigits: '' }).where(inArray(passports.requestId, ids))
    return ids.length
  },
  sessions: (tx, before) => rows(tx.delete(sessions).where(endedBefore(before))),
  letters: (tx, before) =>
    rows(
      tx
        .update(letters)
        .set(withoutWords)
        .where(and(ne(letters.toEmail, ''), or(lt(letters.sentAt, before), farewell))),
    ),
  texts: (tx, before) =>
    rows(
      tx
        .update(textMessages)
        .set({ toPhone: '', body: '' })
        .where(
          and(
            ne(textMessages.toPhone, ''),
            or(lt(textMessages.sentAt, before), lt(textMessages.expiresAt, before)),
          ),
        ),
    ),
  contacts: (tx, before) => rows(tx.delete(contactChanges).where(lt(contactChanges.askedAt, before))),
  enquiryFiles: (tx, before) => rows(tx.delete(enquiryFiles).where(lt(enquiryFiles.attachedAt, before))),
  scans: (tx, before) =>
    rows(
      tx
        .update(disconnections)
        .set({ scan: null, scanType: null })
        .where(and(isNotNull(disconnections.scan), lt(disconnections.disconnectedAt, before))),
    ),
}

/** The last letter to somebody whose data were destroyed: its address goes as soon as it was sent. */
const farewell: SQL = sql`(${letters.kind} = 'data-erased' and ${letters.sentAt} is not null)`

function endedBefore(before: Date): SQL | undefined {
  return or(lt(sessions.revokedAt, before), lt(sessions.endsAt, before))
}
