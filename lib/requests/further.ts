import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { accessRequests, users } from '@/db/schema'
import { identificationOf } from '@/lib/access/own-accounts'
import { accountsOf } from '@/lib/accounts/queries'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { take } from '@/lib/session/throttle'
import { type CalendarDay, formatDay, moscowDay } from '@/lib/units/day'
import { answerDeadline } from '@/lib/units/workdays'
import { nextSerial } from './numbers'
import { alreadySentWords, requestNumber, tooManyWords } from './rules'
import type { FurtherInput } from './schema'

/** A request for one more account that waits for staff. */
export interface WaitingAccount {
  number: string
  accountNumber: string
  dueOn: CalendarDay
}

/** The subscriber's requests for further accounts that wait, and whether they may send another: staff must know them already. */
export async function furtherState(
  subscriber: Subscriber,
): Promise<{ identified: boolean; waiting: WaitingAccount[] }> {
  const [identification, waiting] = await Promise.all([
    identificationOf(db(), subscriber.userId),
    waitingOf(db(), subscriber.userId),
  ])
  return { identified: identification !== undefined, waiting }
}

async function waitingOf(reader: Reader, userId: string): Promise<WaitingAccount[]> {
  return reader
    .select({
      number: accessRequests.number,
      accountNumber: accessRequests.accountNumber,
      dueOn: accessRequests.dueOn,
    })
    .from(accessRequests)
    .where(and(eq(accessRequests.askedBy, userId), isNull(accessRequests.decision)))
    .orderBy(desc(accessRequests.submittedAt))
}

type Refusal = 'unidentified' | 'own' | 'waiting' | 'often' | 'sent'

/**
 * Asks for one more account of somebody staff know: a request like any other, but without a passport. The same form sent again
 * is the same request. Nothing is looked up in billing, so an account that exists and one that does not are answered alike.
 * Refused: `unidentified`, `own` (they see it already), `waiting` (asked for already), `often`, `sent` (with something else in it).
 */
export async function submitFurther(
  subscriber: Subscriber,
  input: FurtherInput,
  now: Date,
): Promise<Result<{ number: string; dueOn: CalendarDay }, Refusal>> {
  const known = await sentBefore(db(), subscriber, input)
  if (known) return known
  const hindrance = await hindranceOf(db(), subscriber, input)
  // Another click of the same form may have come between the two questions.
  if (hindrance) return (await sentBefore(db(), subscriber, input)) ?? hindrance
  const free = await take([['account-asked', subscriber.userId]])
  if (free !== 'free') return refused('often', tooManyWords(free.minutes))
  return db().transaction(async (tx) => {
    // Of two clicks at once the second sees the request of the first.
    const [user] = await tx.select().from(users).where(eq(users.id, subscriber.userId)).for('update')
    if (!user) throw new Error('no such user')
    const stopped = (await sentBefore(tx, subscriber, input)) ?? (await hindranceOf(tx, subscriber, input))
    return stopped ?? ok(await store(tx, subscriber, user, input, now))
  })
}

async function sentBefore(reader: Reader, { userId }: Subscriber, input: FurtherInput) {
  const [sent] = await reader
    .select()
    .from(accessRequests)
    .where(and(eq(accessRequests.submissionKey, input.submissionKey), eq(accessRequests.askedBy, userId)))
  if (!sent) return undefined
  const { number, dueOn } = sent
  const same =
    sent.accountNumber === input.accountNumber &&
    (sent.meterSerial ?? '') === input.meterSerial &&
    (sent.billSum ?? undefined) === input.billSum
  return same ? ok({ number, dueOn }) : refused('sent', alreadySentWords(number))
}

async function hindranceOf(reader: Reader, subscriber: Subscriber, { accountNumber }: FurtherInput) {
  if (!(await identificationOf(reader, subscriber.userId)))
    return refused('unidentified', 'Мы ещё не видели вашего паспорта: подайте обычную заявку.')
  const own = await accountsOf(subscriber)
  if (own.some((account) => account.accountNumber === accountNumber))
    return refused('own', `Счёт ${accountNumber} уже подключён к вашему кабинету.`)
  const asked = (await waitingOf(reader, subscriber.userId)).find(
    (one) => one.accountNumber === accountNumber,
  )
  if (!asked) return undefined
  const { number, dueOn } = asked
  return refused(
    'waiting',
    `Заявка № ${number} на этот счёт уже у нас. Ответим не позднее ${formatDay(dueOn)}.`,
  )
}

async function store(
  tx: Tx,
  subscriber: Subscriber,
  user: typeof users.$inferSelect,
  { submissionKey, accountNumber, meterSerial, billSum }: FurtherInput,
  now: Date,
) {
  const { lastName, firstName, patronymic, email } = user
  const id = randomUUID()
  const number = requestNumber(moscowDay(now), await nextSerial(tx))
  const deadline = answerDeadline(now)
  await tx.insert(accessRequests).values({
    ...{ id, number, submissionKey, accountNumber, lastName, firstName, patronymic, email },
    ...(await addressesOf(tx, user.id)),
    ...deadline,
    phone: user.phone ?? '',
    meterSerial: meterSerial || null,
    billSum: billSum ?? null,
    askedBy: user.id,
    submittedAt: now,
    submittedFrom: subscriber.address,
  })
  await owe(tx, 'request-received', email, { number, dueOn: deadline.dueOn })
  await record(tx, subscriber, {
    action: 'request.submitted',
    subject: { kind: 'request', id, label: number },
    after: { account: accountNumber, further: true },
  })
  return { number, dueOn: deadline.dueOn }
}

/** The addresses of the person's earlier request; empty when there was none. */
async function addressesOf(tx: Tx, userId: string) {
  const [earlier] = await tx
    .select({
      registrationAddress: accessRequests.registrationAddress,
      postalAddress: accessRequests.postalAddress,
    })
    .from(accessRequests)
    .where(eq(accessRequests.userId, userId))
    .orderBy(desc(accessRequests.submittedAt))
    .limit(1)
  return earlier ?? { registrationAddress: '', postalAddress: '' }
}
