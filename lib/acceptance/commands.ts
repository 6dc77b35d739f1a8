import { eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { consents, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { consentKinds } from '@/lib/documents/acceptance'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { letGoOn } from '@/lib/session/sessions'
import { type DueDocument, dueDocuments } from './queries'
import { seenWords, tickProblems } from './rules'
import type { AcceptForm } from './schema'

/**
 * «Принимаю»: keeps what was accepted (version, hash of its text, time, address) and lets every session of the person go on.
 * Pressed again, or in another tab, it is the same acceptance. `invalid` for a tick that does not stand; refused: `newer` when
 * another version took force while the person was reading.
 */
export async function acceptDocuments(
  subscriber: Subscriber,
  form: AcceptForm,
  now: Date,
): Promise<Result<undefined, 'newer'>> {
  return db().transaction(async (tx) => {
    // Tabs that accept at once, and a sign-in at the same moment, go one after the other.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, subscriber.userId)).for('no key update')
    const due = await dueDocuments(subscriber, tx)
    if (due.length > 0) {
      if (form.seen !== seenWords(due))
        return refused('newer', 'Пока вы читали, начала действовать другая версия. Прочитайте её.')
      const problems = tickProblems(due, form)
      if (problems) return invalid(problems)
      for (const one of due) await accept(tx, subscriber, one, now)
    }
    await letGoOn(tx, subscriber.userId)
    return ok()
  })
}

async function accept(
  tx: Tx,
  subscriber: Subscriber,
  { kind, document }: DueDocument,
  now: Date,
): Promise<void> {
  const { userId, address } = subscriber
  const { id, version, sha256 } = document
  await tx.insert(consents).values({
    ...{ userId, address },
    kind: consentKinds[kind],
    documentVersion: version,
    textHash: sha256,
    givenAt: now,
  })
  await record(tx, subscriber, {
    action: 'document.accepted',
    subject: { kind: 'document', id, label: `${kind} ${version}` },
    after: { kind, version, sha256 },
  })
}
