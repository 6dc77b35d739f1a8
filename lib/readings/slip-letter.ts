import { eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { papers, users } from '@/db/schema'
import { consentedEmail } from '@/lib/mail/consent'
import { owe } from '@/lib/mail/owe'
import { paperFor, type Slip } from '@/lib/papers/queries'
import { maskedAccount } from '@/lib/papers/rules'
import { readingsSlip } from '@/lib/papers/schema'
import { ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'

/** «Прислать на почту»: a slip of the subscriber's as a letter to themselves. Refused: `absent`, `throttled`. */
export async function mailSlip(
  subscriber: Subscriber,
  paperId: string,
): Promise<Result<undefined, 'absent' | 'throttled'>> {
  const paper = await paperFor(subscriber, paperId)
  if (paper?.kind !== 'readings-slip') return refused('absent', 'Такого документа у вас нет.')
  const turn = await take([['slip-letter', subscriber.userId]])
  if (turn !== 'free')
    return refused('throttled', `Писем подряд слишком много. Попробуйте ${inMinutes(turn.minutes)}.`)
  await db().transaction(async (tx) => {
    const [person] = await tx
      .select({ email: users.email })
      .from(users)
      .where(eq(users.id, subscriber.userId))
    if (person) await owe(tx, 'readings-slip', person.email, letterOf(paper))
  })
  return ok()
}

/** Owes the slip's letter to a person who agreed to get letters; nothing for the others. */
export async function oweSlip(tx: Tx, paperId: string, userId: string | null): Promise<void> {
  const email = userId === null ? undefined : await consentedEmail(tx, userId)
  if (!email) return
  const [paper] = await tx.select().from(papers).where(eq(papers.id, paperId))
  if (paper)
    await owe(tx, 'readings-slip', email, letterOf({ ...paper, body: readingsSlip.parse(paper.body) }))
}

function letterOf({ number, code, issuedAt, body }: Pick<Slip, 'number' | 'code' | 'issuedAt' | 'body'>) {
  // A helper learns no more of the account than whoever checks the paper.
  const accountNumber = body.channel === 'helper' ? maskedAccount(body.accountNumber) : body.accountNumber
  return { number, code, issuedAt: issuedAt.toISOString(), body: { ...body, accountNumber } }
}
