import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { onlinePayments } from '@/db/schema'
import { enqueue } from '@/lib/jobs/catalogue'
import { cancel, holdPayment, note, observe, type Source } from './observe'
import { orderOf, type PaymentRow } from './orders'
import type { Answer, Provider } from './provider'
import { providerNamed } from './providers'
import { askAgainAt, isOpen, mayRepeat, type PaymentState, type SeenPayment } from './rules'

/** A payer waits this long for the provider, ms; then the page says that it is being asked, and goes on by itself. */
const WAIT = 4_000
/** How long after our own record a payment can turn up in the provider's, and how far clocks may be apart, ms. */
const APART = 50 * 3_600_000

/**
 * Asks the provider what became of a payment whose outcome is open, and acts on the answer. One it has not heard of is
 * made, by the same request under the same key. When the next asking is due is kept before the provider is asked.
 * @returns where the payment stands then; undefined when there is none of that id
 */
export async function askAbout(
  paymentId: string,
  source: Source,
  now: Date,
  provider?: Provider,
): Promise<PaymentState | undefined> {
  const payment = await db().transaction(async (tx) => {
    const held = await holdPayment(tx, paymentId)
    return held && isOpen(held.state) ? markAsked(tx, held, source, now) : held
  })
  if (!payment || !isOpen(payment.state)) return payment?.state
  const at = provider ?? (await providerNamed(payment.provider))
  if (!at) return payment.state
  return takeAnswer(payment, await question(payment, at, now), source, now)
}

/** A notification says that something happened just now: should the provider not answer, it is asked again in a minute. */
async function markAsked(tx: Tx, payment: PaymentRow, source: Source, now: Date): Promise<PaymentRow> {
  const attempts = payment.attempts + (source === 'job' || payment.state === 'created' ? 1 : 0)
  const nextAskAt = askAgainAt(source === 'job' ? attempts : 1, now)
  const change = { attempts, askedAt: now, nextAskAt }
  await tx.update(onlinePayments).set(change).where(eq(onlinePayments.id, payment.id))
  await scheduleAsking(tx, payment.id, nextAskAt)
  return { ...payment, ...change }
}

/** Asks again at that time, whatever happens to this process. */
export async function scheduleAsking(tx: Tx, paymentId: string, at: Date): Promise<void> {
  await enqueue(tx, 'ask-payment', { paymentId }, `ask-payment:${paymentId}`, at)
}

/** What is known of the payment there; `refused` when there is none and will be none. */
async function question(payment: PaymentRow, at: Provider, now: Date): Promise<Answer<SeenPayment>> {
  if (payment.providerPaymentId) return at.fetch(payment.providerPaymentId)
  if (!mayRepeat(payment.createdAt, now)) return findByOrder(payment, at)
  const made = await at.create(await orderOf(db(), payment))
  // An earlier request may have come through although its answer did not: a refusal now says nothing about it.
  return made.kind === 'refused' && payment.attempts > 1 ? findByOrder(payment, at, made.code) : made
}

/** Looks for our order in the provider's own list. */
async function findByOrder(
  { id, createdAt }: PaymentRow,
  at: Provider,
  code = 'never_made',
): Promise<Answer<SeenPayment>> {
  const since = new Date(createdAt.getTime() - APART)
  const listed = await at.list(since, new Date(createdAt.getTime() + APART))
  if (listed.kind === 'refused') return { kind: 'unknown', code: listed.code }
  if (listed.kind !== 'done') return listed
  const found = listed.value.find((seen) => seen.order === id)
  return found ? { kind: 'done', value: found } : { kind: 'refused', code }
}

/**
 * Acts on an answer about a payment, given as it stood when the provider was asked. Nothing but what the provider surely
 * said changes anything: a refusal does not count when somebody else has asked meanwhile, and may have been heard.
 */
export async function takeAnswer(
  asked: PaymentRow,
  answer: Answer<SeenPayment>,
  source: Source,
  now: Date,
): Promise<PaymentState | undefined> {
  return db().transaction(async (tx) => {
    const payment = await holdPayment(tx, asked.id)
    if (!payment) return undefined
    if (answer.kind === 'done') return observe(tx, payment, answer.value, source, now)
    const words = answer.kind === 'busy' ? 'busy' : `${answer.kind}:${answer.code}`
    const alone = payment.attempts === asked.attempts
    if (answer.kind === 'refused' && payment.state === 'created' && alone) {
      await cancel(tx, payment, source, answer.code, now)
      return 'canceled'
    }
    await note(tx, payment.id, payment.state, source, words)
    return payment.state
  })
}

/** What comes of asking while a payer waits, four seconds; undefined when it takes longer. What comes later counts all the same. */
export async function whilePayerWaits<T>(asking: Promise<T>): Promise<T | undefined> {
  return Promise.race([asking, pause(WAIT, undefined, { ref: false })])
}
