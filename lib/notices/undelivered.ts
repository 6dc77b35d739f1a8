import { and, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters, textMessages } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { enqueue } from '@/lib/jobs/catalogue'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'

const MOST = 200
const HOUR_MS = 3_600_000
/** Older ones are history. */
const SHOWN_MS = 30 * 24 * HOUR_MS

/** A letter or an SMS that did not go, or not yet. */
export interface Undelivered {
  kind: 'letter' | 'text'
  id: string
  /** What it is: a kind of letter or of SMS. */
  what: string
  to: string
  createdAt: Date
  attempts: number
  error: string | null
  /** Whether it could be sent once more: not a code, nor what came too late. */
  again: boolean
}

/**
 * Letters and SMS that failed, or that nobody took for an hour, of the last thirty days; the latest first, at most 200 of each.
 */
export async function undelivered(_staff: Staff, now: Date): Promise<Undelivered[]> {
  const since = new Date(now.getTime() - SHOWN_MS)
  const [mail, texts] = await Promise.all([
    db()
      .select()
      .from(letters)
      .where(and(isNull(letters.sentAt), gt(letters.createdAt, since), stuck(letters, now)))
      .orderBy(desc(letters.createdAt))
      .limit(MOST),
    db()
      .select()
      .from(textMessages)
      .where(and(isNull(textMessages.sentAt), gt(textMessages.createdAt, since), stuck(textMessages, now)))
      .orderBy(desc(textMessages.createdAt))
      .limit(MOST),
  ])
  const both = [
    ...mail.map((one) => ({ ...common(one), kind: 'letter' as const, to: one.toEmail, again: true })),
    ...texts.map((one) => ({
      ...common(one),
      kind: 'text' as const,
      to: one.toPhone,
      again: one.kind !== 'phone-code' && !(one.expiresAt && one.expiresAt <= now),
    })),
  ]
  return both.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
}

function stuck(table: typeof letters | typeof textMessages, now: Date): SQL | undefined {
  return or(isNotNull(table.lastError), lt(table.createdAt, new Date(now.getTime() - HOUR_MS)))
}

function common(one: {
  id: string
  kind: string
  createdAt: Date
  attempts: number
  lastError: string | null
}) {
  return {
    id: one.id,
    what: one.kind,
    createdAt: one.createdAt,
    attempts: one.attempts,
    error: one.lastError,
  }
}

/** Asks for a letter or an SMS once more, from the first attempt on. Refused: `gone` (sent by now, unknown, or of no more use). */
export async function sendAgain(
  staff: Staff,
  { kind, id }: { kind: 'letter' | 'text'; id: string },
  now: Date,
): Promise<Result<undefined, 'gone'>> {
  return db().transaction(async (tx) => {
    if (kind === 'letter') {
      const [letter] = await tx
        .select({ id: letters.id })
        .from(letters)
        .where(and(eq(letters.id, id), isNull(letters.sentAt)))
      if (!letter) return GONE
      await enqueue(tx, 'send-letter', { letterId: id }, `letter:${id}`)
    } else {
      const [text] = await tx
        .update(textMessages)
        .set({ lastError: null })
        .where(
          and(
            eq(textMessages.id, id),
            isNull(textMessages.sentAt),
            sql`${textMessages.kind} <> 'phone-code'`,
            or(isNull(textMessages.expiresAt), gt(textMessages.expiresAt, now)),
            // One on its way is left alone: it may have been taken.
            sql`${textMessages.lastError} is distinct from 'sending'`,
          ),
        )
        .returning({ id: textMessages.id })
      if (!text) return GONE
      await enqueue(tx, 'send-text', { textId: id }, `text:${id}`)
    }
    await record(tx, staff, {
      action: 'message.sent-again',
      subject: { kind: 'message', id, label: kind === 'letter' ? 'письмо' : 'SMS' },
    })
    return ok()
  })
}

const GONE = refused('gone', 'Его уже не нужно отправлять: оно ушло или устарело. Обновите страницу.')
