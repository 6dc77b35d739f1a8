import { render, toPlainText } from '@react-email/render'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters } from '@/db/schema'
import { env } from '@/lib/env'
import { currentSettings } from '@/lib/settings/queries'
import { send } from './send'
import { type LetterKind, templates } from './templates'

/**
 * Sends a letter owed, once: the row is held while the transport works, and a letter already sent is left alone.
 * @throws what the transport threw, after noting it on the letter so that staff see it waits
 */
export async function sendLetter(letterId: string): Promise<void> {
  const failure = await db().transaction(async (tx) => {
    const [letter] = await tx.select().from(letters).where(eq(letters.id, letterId)).for('update')
    if (!letter || letter.sentAt) return undefined
    try {
      const written = await write(letter.kind, letter.payload)
      await send({ id: letter.id, createdAt: letter.createdAt, to: letter.toEmail, ...written })
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'error'
      await tx
        .update(letters)
        .set({ attempts: sql`${letters.attempts} + 1`, lastError: reason })
        .where(eq(letters.id, letterId))
      return error
    }
    await tx
      .update(letters)
      .set({ sentAt: sql`now()`, attempts: sql`${letters.attempts} + 1`, lastError: null })
      .where(eq(letters.id, letterId))
    return undefined
  })
  if (failure) throw failure
}

async function write(
  kind: string,
  payload: unknown,
): Promise<{ subject: string; html: string; text: string }> {
  if (!isLetterKind(kind)) throw new Error('unknown kind of letter')
  const context = { company: (await currentSettings()).company, publicUrl: env().PUBLIC_URL }
  const { subject, body } = templates[kind].write(payload, context)
  const html = await render(body)
  return { subject, html, text: toPlainText(html) }
}

function isLetterKind(kind: string): kind is LetterKind {
  return kind in templates
}
