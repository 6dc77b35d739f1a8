import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { textMessages } from '@/db/schema'
import { type TextOutcome, textProvider } from './sms-provider'

type Text = typeof textMessages.$inferSelect

/** The text waits, and its job tries again. */
class PutOff extends Error {}

/**
 * Sends an SMS owed, at most once: it is marked before it is handed over, so after a crash or a lost answer it is left to staff
 * and not sent twice. Not sent after it expired. A code is wiped from the database once it is of no more use.
 * @throws when the provider did not take it but may later; the job then tries again
 */
export async function sendText(textId: string, now: Date): Promise<void> {
  if (await isExpired(textId, now)) return
  const text = await claim(textId)
  if (!text) return
  const provider = textProvider()
  const outcome = provider
    ? await provider.send({ toPhone: text.toPhone, body: text.body })
    : ({ kind: 'later', code: 'off' } as const)
  await settle(text, outcome)
  if (outcome.kind === 'later') throw new PutOff(`a text waits: ${outcome.code}`)
}

/** Settles a text nobody needs any more. */
async function isExpired(textId: string, now: Date): Promise<boolean> {
  const settled = await db()
    .update(textMessages)
    .set({ lastError: 'expired', body: withoutCode })
    .where(and(eq(textMessages.id, textId), waiting, sql`${textMessages.expiresAt} <= ${now}`))
    .returning({ id: textMessages.id })
  return settled.length > 0
}

/** Marks a text as being handed over; one so marked already was lost on the way. */
async function claim(textId: string): Promise<Text | undefined> {
  const [text] = await db()
    .update(textMessages)
    .set({ lastError: 'sending', attempts: sql`${textMessages.attempts} + 1` })
    .where(and(eq(textMessages.id, textId), waiting))
    .returning()
  if (text) return text
  await db()
    .update(textMessages)
    .set({ lastError: 'unknown:interrupted', body: withoutCode })
    .where(
      and(eq(textMessages.id, textId), isNull(textMessages.sentAt), eq(textMessages.lastError, 'sending')),
    )
  return undefined
}

async function settle(text: Text, outcome: TextOutcome): Promise<void> {
  const result =
    outcome.kind === 'taken'
      ? { sentAt: sql`now()`, lastError: null, providerId: outcome.providerId, body: withoutCode }
      : {
          lastError: `${outcome.kind}:${outcome.code}`,
          ...(outcome.kind === 'later' ? {} : { body: withoutCode }),
        }
  await db().update(textMessages).set(result).where(eq(textMessages.id, text.id))
}

/** Never tried, or put off. */
const waiting = sql`${textMessages.sentAt} is null and coalesce(${textMessages.lastError}, 'later:') like 'later:%'`

const withoutCode = sql`case when ${textMessages.kind} = 'phone-code' then '' else ${textMessages.body} end`
