import { and, eq, gt, or } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { enquiries, enquiryMessages } from '@/db/schema'
import { accountsOf, type OwnAccount } from '@/lib/accounts/queries'
import { record } from '@/lib/audit/record'
import { type Attachment, readAttachments } from '@/lib/files/attachments'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { type Count, giveBack, take } from '@/lib/session/throttle'
import { ownLine } from './queries'
import { dueOn, mayContinue, tooManyWords } from './rules'
import type { EnquiryInput, MessageInput } from './schema'
import { suspicion } from './suspects'
import { inTurnOf, isLast, say, storeEnquiry, subjectOf } from './writing'

const UNKNOWN = refused('unknown', 'Такого обращения нет.')
/** The same words again within this time are a second click, not a second enquiry. */
const REPEAT_MS = 10 * 60_000

/**
 * Opens an enquiry of the person, about one of their accounts or a general one, with files and with a line of the account's
 * bill if one is named and theirs. The same sending again, or the same words within ten minutes, are the same enquiry.
 * Refused: `stranger` (no such account of theirs), `often`; invalid: `files`.
 */
export async function openEnquiry(
  subscriber: Subscriber,
  input: EnquiryInput,
  now: Date,
): Promise<Result<{ number: number }, 'stranger' | 'often'>> {
  const account = await accountNamed(subscriber, input.accountNumber)
  if (account === 'stranger')
    return refused('stranger', 'Этот счёт к вашему кабинету не подключён. Обновите страницу.')
  const which = { accountId: account?.id ?? 0, period: input.period, serviceId: input.service }
  const line = await ownLine(subscriber, which)
  return inTurn(subscriber, 'enquiry-opened', input.files, async (tx, attachments) => {
    const repeated = await sameEnquiry(tx, subscriber, account?.id, input, now)
    if (repeated) return { fresh: false, result: ok({ number: repeated }) }
    const about = { accountId: account?.id, period: line?.period, serviceId: line?.serviceId }
    const enquiry = await storeEnquiry(
      tx,
      { ...about, userId: subscriber.userId, sendingKey: input.sendingKey, subject: input.subject },
      { text: input.text, attachments, at: now },
    )
    await record(tx, subscriber, {
      action: 'enquiry.opened',
      subject: subjectOf(enquiry),
      after: { account: account?.accountNumber ?? null, files: attachments.length },
    })
    return { fresh: true, result: ok({ number: enquiry.number }) }
  })
}

async function accountNamed(
  subscriber: Subscriber,
  number: string,
): Promise<OwnAccount | undefined | 'stranger'> {
  if (number === '') return undefined
  return (await accountsOf(subscriber)).find((one) => one.accountNumber === number) ?? 'stranger'
}

async function sameEnquiry(
  tx: Tx,
  subscriber: Subscriber,
  accountId: number | undefined,
  { subject, text, sendingKey }: EnquiryInput,
  now: Date,
): Promise<number | undefined> {
  const sameWords = and(
    accountId === undefined ? undefined : eq(enquiries.accountId, accountId),
    eq(enquiries.subject, subject),
    eq(enquiryMessages.text, text),
    gt(enquiries.createdAt, new Date(now.getTime() - REPEAT_MS)),
  )
  const [found] = await tx
    .select({ number: enquiries.number })
    .from(enquiries)
    .innerJoin(enquiryMessages, eq(enquiryMessages.enquiryId, enquiries.id))
    .where(and(eq(enquiries.userId, subscriber.userId), or(eq(enquiries.sendingKey, sendingKey), sameWords)))
    .limit(1)
  return found?.number
}

/**
 * Adds a message of the person to their enquiry, which then waits for an answer again. Refused: `unknown` (theirs or
 * not, alike), `often`, `closed` (by clause 3.4); invalid: `files`.
 */
export async function continueEnquiry(
  subscriber: Subscriber,
  { number, text, files }: MessageInput,
  now: Date,
): Promise<Result<undefined, 'unknown' | 'often' | 'closed'>> {
  return inTurn(subscriber, 'enquiry-message', files, async (tx, attachments) => {
    const [enquiry] = await tx
      .select()
      .from(enquiries)
      .where(and(eq(enquiries.userId, subscriber.userId), eq(enquiries.number, number)))
      .for('update')
    if (!enquiry) return { fresh: false, result: UNKNOWN }
    if (!mayContinue(enquiry.closeReason)) return { fresh: false, result: CLOSED }
    const said = { authorId: subscriber.userId, text }
    if (await isLast(tx, enquiry.id, said)) return { fresh: false, result: ok() }
    await say(tx, { ...said, enquiryId: enquiry.id, byStaff: false, writtenAt: now }, attachments)
    await tx
      .update(enquiries)
      .set({
        ...{ state: 'open', closedAt: null, closedBy: null, closeReason: null, closeNote: null },
        dueOn: enquiry.state === 'open' ? enquiry.dueOn : dueOn(now),
        suspectedOf: suspicion(text) ?? enquiry.suspectedOf,
      })
      .where(eq(enquiries.id, enquiry.id))
    await record(tx, subscriber, {
      action: 'enquiry.continued',
      subject: subjectOf(enquiry),
      after: { files: attachments.length },
    })
    return { fresh: true, result: ok() }
  })
}

const CLOSED = refused('closed', 'Это обращение закрыто. Напишите новое.')

/**
 * One writing of a person at a time, and only so many a day: two clicks at once are answered one after the other, and
 * what was no fresh writing is not counted.
 */
async function inTurn<T, Code extends string>(
  subscriber: Subscriber,
  limit: 'enquiry-opened' | 'enquiry-message',
  files: readonly File[],
  task: (tx: Tx, attachments: Attachment[]) => Promise<{ fresh: boolean; result: Result<T, Code> }>,
): Promise<Result<T, Code | 'often'>> {
  const count: Count[] = [[limit, subscriber.userId]]
  const free = await take(count)
  if (free !== 'free') return refused('often', tooManyWords(free.minutes))
  const attachments = await readAttachments(files)
  if (typeof attachments === 'string') {
    await giveBack(count)
    return invalid({ files: attachments })
  }
  const { fresh, result } = await db().transaction(async (tx) => {
    await inTurnOf(tx, subscriber.userId)
    return task(tx, attachments)
  })
  if (!fresh) await giveBack(count)
  return result
}
