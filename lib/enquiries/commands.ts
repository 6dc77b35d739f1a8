import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { enquiries, enquiryMessages, users } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { type Count, giveBack, take } from '@/lib/session/throttle'
import { ownLine } from './queries'
import { tooManyWords } from './rules'
import type { EnquiryInput, MessageInput } from './schema'

const UNKNOWN = refused('unknown', 'Такого обращения нет.')
/** The same words again within this time are a second click, not a second enquiry. */
const REPEAT_MS = 10 * 60_000

/**
 * Opens an enquiry of the person about one of their accounts, with a line of its bill if one is named and theirs. The
 * same words sent again within ten minutes are the same enquiry. Refused: `stranger` (no such account of theirs), `often`.
 */
export async function openEnquiry(
  subscriber: Subscriber,
  input: EnquiryInput,
  now: Date,
): Promise<Result<{ number: number }, 'stranger' | 'often'>> {
  const account = (await accountsOf(subscriber)).find((one) => one.accountNumber === input.accountNumber)
  if (!account) return refused('stranger', 'Этот счёт к вашему кабинету не подключён. Обновите страницу.')
  const which = { accountId: account.id, period: input.period, serviceId: input.service }
  const line = await ownLine(subscriber, which)
  return inTurn(subscriber, 'enquiry-opened', async (tx) => {
    const repeated = await sameEnquiry(tx, subscriber, account.id, input, now)
    if (repeated) return { fresh: false, result: ok({ number: repeated }) }
    const [enquiry] = await tx
      .insert(enquiries)
      .values({
        userId: subscriber.userId,
        accountId: account.id,
        subject: input.subject,
        period: line?.period ?? null,
        serviceId: line?.serviceId ?? null,
        createdAt: now,
      })
      .returning({ id: enquiries.id, number: enquiries.number })
    if (!enquiry) throw new Error('an insert returned nothing')
    await say(tx, {
      enquiryId: enquiry.id,
      authorId: subscriber.userId,
      byStaff: false,
      text: input.text,
      writtenAt: now,
    })
    await record(tx, subscriber, {
      action: 'enquiry.opened',
      subject: subjectOf(enquiry),
      after: { account: account.accountNumber },
    })
    return { fresh: true, result: ok({ number: enquiry.number }) }
  })
}

async function sameEnquiry(
  tx: Tx,
  subscriber: Subscriber,
  accountId: number,
  { subject, text }: EnquiryInput,
  now: Date,
): Promise<number | undefined> {
  const [found] = await tx
    .select({ number: enquiries.number })
    .from(enquiries)
    .innerJoin(enquiryMessages, eq(enquiryMessages.enquiryId, enquiries.id))
    .where(
      and(
        eq(enquiries.userId, subscriber.userId),
        eq(enquiries.accountId, accountId),
        eq(enquiries.subject, subject),
        eq(enquiryMessages.text, text),
        gt(enquiries.createdAt, new Date(now.getTime() - REPEAT_MS)),
      ),
    )
    .limit(1)
  return found?.number
}

/**
 * Adds a message of the person to their enquiry, which then waits for an answer again. Refused: `unknown` (theirs or
 * not, alike), `often`.
 */
export async function continueEnquiry(
  subscriber: Subscriber,
  { number, text }: MessageInput,
  now: Date,
): Promise<Result<undefined, 'unknown' | 'often'>> {
  return inTurn(subscriber, 'enquiry-message', async (tx) => {
    const [enquiry] = await tx
      .select({ id: enquiries.id, number: enquiries.number })
      .from(enquiries)
      .where(and(eq(enquiries.userId, subscriber.userId), eq(enquiries.number, number)))
      .for('update')
    if (!enquiry) return { fresh: false, result: UNKNOWN }
    if (await isLast(tx, enquiry.id, subscriber.userId, text)) return { fresh: false, result: ok() }
    await say(tx, {
      enquiryId: enquiry.id,
      authorId: subscriber.userId,
      byStaff: false,
      text,
      writtenAt: now,
    })
    await tx.update(enquiries).set({ state: 'open' }).where(eq(enquiries.id, enquiry.id))
    await record(tx, subscriber, { action: 'enquiry.continued', subject: subjectOf(enquiry) })
    return { fresh: true, result: ok() }
  })
}

/** Answers an enquiry and owes the person a letter that says so. Refused: `unknown`. */
export async function answerEnquiry(
  staff: Staff,
  { number, text }: MessageInput,
  now: Date,
): Promise<Result<undefined, 'unknown'>> {
  return db().transaction(async (tx) => {
    const [enquiry] = await tx
      .select({ id: enquiries.id, number: enquiries.number, userId: enquiries.userId })
      .from(enquiries)
      .where(eq(enquiries.number, number))
      .for('update')
    if (!enquiry) return UNKNOWN
    if (await isLast(tx, enquiry.id, staff.userId, text)) return ok()
    await say(tx, { enquiryId: enquiry.id, authorId: staff.userId, byStaff: true, text, writtenAt: now })
    await tx.update(enquiries).set({ state: 'answered', answeredAt: now }).where(eq(enquiries.id, enquiry.id))
    const person = enquiry.userId
      ? await tx.query.users.findFirst({ where: eq(users.id, enquiry.userId), columns: { email: true } })
      : undefined
    if (!person) throw new Error('an enquiry of nobody')
    await owe(tx, 'enquiry-answered', person.email, { number: String(number) })
    await record(tx, staff, { action: 'enquiry.answered', subject: subjectOf(enquiry) })
    return ok()
  })
}

/** Whether these very words are the last that were said: the button was pressed twice. */
async function isLast(tx: Tx, enquiryId: string, authorId: string, text: string): Promise<boolean> {
  const [last] = await tx
    .select({ authorId: enquiryMessages.authorId, text: enquiryMessages.text })
    .from(enquiryMessages)
    .where(eq(enquiryMessages.enquiryId, enquiryId))
    .orderBy(desc(enquiryMessages.id))
    .limit(1)
  return last?.authorId === authorId && last.text === text
}

async function say(tx: Tx, message: typeof enquiryMessages.$inferInsert): Promise<void> {
  await tx.insert(enquiryMessages).values(message)
}

/**
 * One writing of a person at a time, and only so many a day: two clicks at once are answered one after the other, and
 * what was no fresh writing is not counted.
 */
async function inTurn<T, Code extends string>(
  subscriber: Subscriber,
  limit: 'enquiry-opened' | 'enquiry-message',
  task: (tx: Tx) => Promise<{ fresh: boolean; result: Result<T, Code> }>,
): Promise<Result<T, Code | 'often'>> {
  const count: Count[] = [[limit, subscriber.userId]]
  const free = await take(count)
  if (free !== 'free') return refused('often', tooManyWords(free.minutes))
  const { fresh, result } = await db().transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('kabinet enquiry'), hashtext(${subscriber.userId}))`,
    )
    return task(tx)
  })
  if (!fresh) await giveBack(count)
  return result
}

function subjectOf({ id, number }: { id: string; number: number }) {
  return { kind: 'enquiry', id, label: String(number) } as const
}
