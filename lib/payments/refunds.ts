import { createHash } from 'node:crypto'
import { db, type Tx } from '@/db/client'
import { onlineRefunds } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { enqueue } from '@/lib/jobs/catalogue'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { formatMoney, type Kopecks } from '@/lib/units/money'
import { askRefund } from './ask-refund'
import { subjectOf } from './credit'
import { holdPayment } from './observe'
import { type PaymentRow, partsOf, type RefundRow, refundsAt } from './orders'
import type { Provider } from './provider'
import { askAgainAt, refundable } from './rules'
import type { RefundInput } from './schema'

/**
 * «Вернуть деньги»: keeps the intent, then asks the provider; the same form sent twice is one refund. Should the provider
 * not answer, it is asked about until the outcome is known. Invalid: `amount`. Refused: `unknown`, `not-paid`, `declined`.
 */
export async function refundPayment(
  staff: Staff,
  input: RefundInput,
  now: Date,
  provider?: Provider,
): Promise<Result<{ id: string; state: RefundRow['state'] }, 'unknown' | 'not-paid' | 'declined'>> {
  const kept = await db().transaction(async (tx) => {
    const payment = await holdPayment(tx, input.paymentId)
    const part = payment && (await partsOf(tx, payment.id)).find((one) => one.position === input.position)
    if (!payment || !part) return refused('unknown', 'Такого платежа нет.')
    if (payment.state !== 'succeeded') return refused('not-paid', 'Платёж не оплачен: возвращать нечего.')
    const submissionKey = createHash('sha256')
      .update(
        JSON.stringify(['refund', input.formKey, input.paymentId, input.position, String(input.amount)]),
      )
      .digest('hex')
    const earlier = await refundsAt(tx, payment.id)
    const same = earlier.find((one) => one.submissionKey === submissionKey)
    if (same) return ok(same)
    const left = refundable(
      part.amount,
      earlier.filter((one) => one.position === part.position),
    )
    if (input.amount > left) return invalid({ amount: `Вернуть можно не больше ${formatMoney(left)}` })
    return ok(await keepRefund(tx, staff, payment, { ...input, submissionKey }, now))
  })
  if (kept.status !== 'ok') return kept
  const state = await askRefund(kept.value.id, now, provider)
  if (state === 'canceled')
    return refused('declined', 'Платёжная система отказала в возврате. Деньги не возвращены.')
  return ok({ id: kept.value.id, state: state ?? 'created' })
}

/** Writes down that money is to be given back, and that the provider will be asked. `position` null: money never credited. */
export async function keepRefund(
  tx: Tx,
  staff: Staff,
  payment: PaymentRow,
  of: { submissionKey: string; position: number | null; amount: Kopecks; reason: string },
  now: Date,
): Promise<RefundRow> {
  const { submissionKey, position, amount, reason } = of
  const nextAskAt = askAgainAt(1, now)
  const [refund] = await tx
    .insert(onlineRefunds)
    .values({
      ...{ submissionKey, position, amount, reason, nextAskAt },
      paymentId: payment.id,
      askedBy: staff.userId,
      createdAt: now,
    })
    .returning()
  if (!refund) throw new Error('an insert returned nothing')
  await enqueue(tx, 'ask-refund', { refundId: refund.id }, `ask-refund:${refund.id}`, nextAskAt)
  await record(tx, staff, {
    action: 'refund.asked',
    subject: subjectOf(payment),
    after: { amount: String(amount), refund: refund.number, position, reason },
  })
  return refund
}
