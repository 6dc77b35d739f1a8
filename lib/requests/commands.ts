import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { accessRequests, consents, passports } from '@/db/schema'
import { MESSAGES_CONSENT } from '@/lib/access/schema'
import { record, visitor } from '@/lib/audit/record'
import { recordAcceptance } from '@/lib/documents/commands'
import { textHash } from '@/lib/documents/hash'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { take } from '@/lib/session/throttle'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { mobileNumber } from '@/lib/units/phone'
import { answerDeadline } from '@/lib/units/workdays'
import { nextSerial } from './numbers'
import { blindIndex, sealPassport } from './passports'
import { alreadySentWords, requestNumber, tooManyWords } from './rules'
import type { RequestInput } from './schema'

/** What the applicant is told: the number to quote and the day of the answer. */
export interface SentRequest {
  number: string
  dueOn: CalendarDay
}
type Submission = Result<SentRequest, 'often' | 'sent'>

// The same form pressed ten times at once: one of them works, the others wait for its answer.
const underWay = new Map<string, Promise<Submission>>()

/**
 * Takes a request for access: the same form sent again is the same request and the same answer. Nothing is looked
 * up in billing, so a known and an unknown account are answered alike. Refused: `often` (throttled), `sent` (the form was
 * sent before with something else in it: acknowledging that as the same would lose it).
 */
export async function submitRequest(
  input: RequestInput,
  from: { address: string },
  now: Date,
): Promise<Submission> {
  const running = underWay.get(input.submissionKey)
  if (running) return running
  const submission = submitOnce(input, from.address, now).finally(() => underWay.delete(input.submissionKey))
  underWay.set(input.submissionKey, submission)
  return submission
}

async function submitOnce(input: RequestInput, address: string, now: Date): Promise<Submission> {
  const phone = mobileNumber(input.phone)
  if (!phone) return invalid({ phone: 'Нужен мобильный номер России: +7 9…, например +7 910 123-45-67' })
  const known = await answerOf(db(), { ...input, phone })
  if (known) return known
  const free = await take([
    ['request-address', address],
    ['request-email', input.email],
  ])
  if (free !== 'free') return refused('often', tooManyWords(free.minutes))
  return db().transaction((tx) => store(tx, { ...input, phone }, address, now))
}

async function store(tx: Tx, input: RequestInput, address: string, now: Date): Promise<Submission> {
  const request = await insertRequest(tx, input, address, now)
  // Another instance was quicker with the same form: its request is the answer.
  if (!request) return (await answerOf(tx, input)) ?? gone()
  await insertPassport(tx, request.id, input)
  await insertConsents(tx, request.id, input, address, now)
  await owe(tx, 'request-received', input.email, { number: request.number, dueOn: request.dueOn })
  await record(tx, visitor(address), {
    action: 'request.submitted',
    subject: { kind: 'request', id: request.id, label: request.number },
    after: { account: input.accountNumber },
  })
  return ok({ number: request.number, dueOn: request.dueOn })
}

async function insertRequest(tx: Tx, input: RequestInput, address: string, now: Date) {
  const { submissionKey, accountNumber, lastName, firstName, patronymic } = input
  const { registrationAddress, postalAddress, email, phone, meterSerial } = input
  const id = randomUUID()
  const [request] = await tx
    .insert(accessRequests)
    .values({
      ...{ id, submissionKey, accountNumber, lastName, firstName, patronymic },
      ...{ registrationAddress, postalAddress, email, phone },
      meterSerial: meterSerial || null,
      number: requestNumber(moscowDay(now), await nextSerial(tx)),
      submittedAt: now,
      submittedFrom: address,
      ...answerDeadline(now),
    })
    .onConflictDoNothing({ target: accessRequests.submissionKey })
    .returning({ id: accessRequests.id, number: accessRequests.number, dueOn: accessRequests.dueOn })
  return request
}

/** The answer to a form whose key is known already; undefined when it is not. */
async function answerOf(reader: Reader, input: RequestInput): Promise<Submission | undefined> {
  const [sent] = await reader
    .select({ request: accessRequests, passport: passports.blindIndex })
    .from(accessRequests)
    .innerJoin(passports, eq(passports.requestId, accessRequests.id))
    .where(eq(accessRequests.submissionKey, input.submissionKey))
  if (!sent) return undefined
  const { number, dueOn } = sent.request
  const same =
    contents.every((field) => (sent.request[field] ?? '') === input[field]) &&
    (sent.passport?.equals(blindIndex(input.passport)) ?? true)
  return same ? ok({ number, dueOn }) : refused('sent', alreadySentWords(number))
}

const contents = [
  ...(['accountNumber', 'lastName', 'firstName', 'patronymic'] as const),
  ...(['registrationAddress', 'postalAddress', 'email', 'phone', 'meterSerial'] as const),
]

function gone(): never {
  throw new Error('a request that stood in the way is gone')
}

async function insertPassport(tx: Tx, requestId: string, input: RequestInput): Promise<void> {
  const sealed = sealPassport(requestId, {
    number: input.passport,
    issuedBy: input.passportIssuedBy,
    issuedOn: input.passportIssuedOn,
  })
  await tx.insert(passports).values({ requestId, ...sealed })
}

async function insertConsents(tx: Tx, requestId: string, input: RequestInput, address: string, now: Date) {
  await recordAcceptance(tx, { requestId }, { address, now })
  if (!input.acceptMessages) return
  const words = textHash(MESSAGES_CONSENT)
  await tx.insert(consents).values({ requestId, kind: 'messages', textHash: words, givenAt: now, address })
}
