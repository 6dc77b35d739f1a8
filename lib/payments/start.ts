import { createHash } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, onlinePaymentParts, onlinePayments } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { record, visitor } from '@/lib/audit/record'
import { logProblem } from '@/lib/log'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { currentSettings } from '@/lib/settings/queries'
import { sumKopecks } from '@/lib/units/money'
import { askAbout, scheduleAsking, takeAnswer, whilePayerWaits } from './ask'
import { subjectOf } from './credit'
import { amountProblem } from './limits'
import { note } from './observe'
import { orderOf, type PaymentRow } from './orders'
import type { Provider } from './provider'
import { currentProvider } from './providers'
import { askAgainAt } from './rules'
import type { PaymentInput } from './schema'

/** Who pays without a login: anybody may pay for any account. */
export interface Visitor {
  readonly address: string
}
export type Payer = Subscriber | Visitor

/** A payment begun. `confirmationUrl`: where to pay; null while the provider has not answered, or when it is paid already. */
export interface Started {
  id: string
  number: number
  confirmationUrl: string | null
}

/**
 * «Оплатить»: keeps the intent, then asks the provider to make the payment. The same form sent twice is one payment with
 * the same answer. Should the provider not answer in four seconds, the payment is kept and asked about until its outcome is
 * known.
 * Invalid: `amount`, `accountNumber`. Refused: `off` (nobody takes money now), `often`, `declined` by the provider.
 */
export async function startPayment(
  payer: Payer,
  input: PaymentInput,
  now: Date,
  provider?: Provider,
): Promise<Result<Started, 'off' | 'often' | 'declined'>> {
  const at = provider ?? (await currentProvider())
  if (!at) return refused('off', 'Оплата в кабинете сейчас не работает. Оплатите по коду в квитанции.')
  const parts = await partsFor(payer, input)
  if (!parts) return invalid({ accountNumber: 'Проверьте номер счёта: он напечатан в квитанции' })
  const amount = sumKopecks(parts.map((part) => part.amount))
  const problem = amountProblem(amount, input.method, (await currentSettings()).payments)
  if (problem) return invalid({ amount: problem })
  const count: Count[] = [
    'userId' in payer ? ['payment-person', payer.userId] : ['payment-address', payer.address],
  ]
  const free = await take(count)
  if (free !== 'free')
    return refused('often', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const { payment, fresh } = await db().transaction((tx) => keepIntent(tx, payer, input, parts, at, now))
  if (!fresh) await giveBack(count)
  const asking = ask(payment, fresh, at, now)
  const { id, number } = payment
  const answer = await whilePayerWaits(asking)
  if (answer) return answer
  asking.catch((error: unknown) => logProblem('a payment begun was not asked about', error))
  return ok({ id, number, confirmationUrl: null })
}

type Part = Omit<typeof onlinePaymentParts.$inferInsert, 'paymentId'>

/** The parts by account; undefined when one is unknown, or not the subscriber's own. */
async function partsFor(payer: Payer, input: PaymentInput): Promise<Part[] | undefined> {
  const numbers = input.parts.map((part) => part.accountNumber)
  const known =
    'userId' in payer
      ? await accountsOf(payer)
      : await db()
          .select({ id: accounts.id, accountNumber: accounts.accountNumber })
          .from(accounts)
          .where(inArray(accounts.accountNumber, numbers))
  const parts = input.parts.map(({ accountNumber, amount, period }, place) => {
    const account = known.find((one) => one.accountNumber === accountNumber)
    return account && { position: place + 1, accountId: account.id, amount, period }
  })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

/** Times one form is sent again after the provider declined it. */
const TRIES = 20

/** The payment of this form: a new one, committed before the provider is asked, or the one it has already. */
async function keepIntent(
  tx: Tx,
  payer: Payer,
  input: PaymentInput,
  parts: readonly Part[],
  provider: Provider,
  now: Date,
): Promise<{ payment: PaymentRow; fresh: boolean }> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const submissionKey = submissionOf(payer, input, attempt)
    const payment = await insertIntent(tx, payer, input, parts, provider, now, submissionKey)
    if (payment) return { payment, fresh: true }
    const [earlier] = await tx
      .select()
      .from(onlinePayments)
      .where(eq(onlinePayments.submissionKey, submissionKey))
    if (earlier && earlier.state !== 'canceled') return { payment: earlier, fresh: false }
  }
  throw new Error('a form sent too often')
}

function submissionOf(
  payer: Payer,
  { formKey, method, email, parts }: PaymentInput,
  attempt: number,
): string {
  const what = parts.map(({ accountNumber, amount, period }) => [accountNumber, String(amount), period])
  const who = 'userId' in payer ? payer.userId : ''
  return createHash('sha256')
    .update(JSON.stringify([who, formKey, method, email, what, attempt]))
    .digest('hex')
}

async function insertIntent(
  tx: Tx,
  payer: Payer,
  { method, email }: PaymentInput,
  parts: readonly Part[],
  provider: Provider,
  now: Date,
  submissionKey: string,
): Promise<PaymentRow | undefined> {
  const nextAskAt = askAgainAt(1, now)
  const amount = sumKopecks(parts.map((part) => part.amount))
  const userId = 'userId' in payer ? payer.userId : null
  const asked = { createdAt: now, askedAt: now, attempts: 1, nextAskAt }
  const [payment] = await tx
    .insert(onlinePayments)
    .values({ submissionKey, userId, email, amount, method, provider: provider.name, ...asked })
    .onConflictDoNothing()
    .returning()
  if (!payment) return undefined
  await tx.insert(onlinePaymentParts).values(parts.map((part) => ({ ...part, paymentId: payment.id })))
  await note(tx, payment.id, 'created', 'payer', '')
  await scheduleAsking(tx, payment.id, nextAskAt)
  await record(tx, 'userId' in payer ? payer : visitor(payer.address), {
    action: 'payment.started',
    subject: subjectOf(payment),
    after: { amount: String(amount), method },
  })
  return payment
}

/** Asks the provider to make the payment, unless it has told where to pay already. */
async function ask(payment: PaymentRow, fresh: boolean, at: Provider, now: Date) {
  if (fresh) await takeAnswer(payment, await at.create(await orderOf(db(), payment)), 'payer', now)
  else if (!payment.confirmationUrl) await askAbout(payment.id, 'payer', now, at)
  return startedOf(payment.id)
}

async function startedOf(paymentId: string): Promise<Result<Started, 'declined'>> {
  const [payment] = await db().select().from(onlinePayments).where(eq(onlinePayments.id, paymentId))
  if (!payment) throw new Error('a payment that was kept is gone')
  const { id, number, state, confirmationUrl } = payment
  if (state === 'canceled')
    return refused('declined', 'Платёж не начался: платёжная система его не приняла. Деньги не списаны.')
  const open = state === 'pending' || state === 'waiting_for_capture'
  return ok({ id, number, confirmationUrl: open ? confirmationUrl : null })
}
