'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { type FieldErrors, invalid, ok, type Result, refused, Shown } from '@/lib/result'
import { publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { formatMoney } from '@/lib/units/money'
import { issueNoDebt } from './certificate'
import { decideDemoPayment } from './demo-bank-commands'
import { otherFormSchema, payFormSchema } from './forms'
import { type Preview, preview } from './payable'
import { payeeFor } from './payee'
import { settleQuarantine } from './quarantine'
import { reconcileSoon } from './reconcile-soon'
import { refundPayment } from './refunds'
import { certificateForm, demoDecisionSchema, type PaymentInput, refundForm, settleForm } from './schema'
import { type Payer, startPayment } from './start'
import { shareWords } from './words'

/** «Оплата»: «Продолжить» shows what will be paid for, «Перейти в банк» begins the payment, «Изменить» opens the form again. */
export const pay = subscriberAction(payFormSchema, async ({ step, ...input }, subscriber) => {
  if (step === 'edit') return invalid({})
  const first = `amount-${input.parts[0]?.accountNumber}`
  if (step === 'pay') return atField(await begin(subscriber, input), first)
  const seen = await preview(subscriber, input, new Date())
  return seen.status === 'ok' ? ok(new Shown(shownOf(seen.value, input))) : atField(seen, first)
})

/** «Оплатить за другого», without a login. */
export const payForOther = publicAction(otherFormSchema, async (input, visitor) => {
  if (input.step === 'edit') return invalid({})
  const payee = await payeeFor(visitor, input.accountNumber)
  if (payee.status !== 'ok') return payee
  if (input.step === 'find') return ok(new Shown({ ...payee.value }))
  const { formKey, method, email, amount, accountNumber } = input
  const parts = [{ accountNumber, amount, period: null }]
  return begin(visitor, { formKey, method, email, parts })
})

/** A button at the bank of the demo. */
export const decideAtDemoBank = publicAction(demoDecisionSchema, async ({ id, decision }) => {
  const back = await decideDemoPayment(id, decision, new Date())
  if (back) redirect(back)
  return refused('unknown', 'Такого платежа нет.')
})

/** Begins a payment and leaves: to the provider, or to what became of the payment when there is nothing to do there. */
async function begin(payer: Payer, input: PaymentInput): Promise<Result<never>> {
  const started = await startPayment(payer, input, new Date())
  if (started.status !== 'ok') return started
  const { id, confirmationUrl } = started.value
  return redirect(confirmationUrl ?? ('userId' in payer ? `/personal/payments/${id}` : `/personal/pay/${id}`))
}

/** What is wrong with the whole amount is said at the first field of it. */
function atField(result: Result<never> | Result<Preview>, field: string): Result<unknown> {
  if (result.status !== 'invalid' || !result.errors.amount) return result
  const { amount, ...others } = result.errors
  const errors: FieldErrors = { ...others, [field]: amount }
  return invalid(errors)
}

/** What the form sends on, and per account what it is for, a line each. */
function shownOf({ total, parts }: Preview, { formKey, method, email, parts: asked }: PaymentInput) {
  const fields: Record<string, string> = { formKey, method, email: email ?? '', total: formatMoney(total) }
  for (const { accountNumber, period } of asked) fields[`period-${accountNumber}`] = period ?? ''
  for (const { accountNumber, amount, shares } of parts) {
    fields[`pay-${accountNumber}`] = 'on'
    fields[`amount-${accountNumber}`] = formatMoney(amount)
    fields[`for-${accountNumber}`] = shares.map(shareWords).join('\n')
  }
  return fields
}
const deskPage = (id: string, done: string) => `/admin/payments/${id}?done=${done}`

/** «Вернуть деньги» of staff. Whatever came of it, the next sending is from a form of its own, with another key. */
export const giveMoneyBack = staffAction(
  'payments.refund',
  refundForm,
  async (input, staff) => {
    const result = await refundPayment(staff, input, new Date())
    if (result.status === 'ok')
      redirect(deskPage(input.paymentId, result.value.state === 'succeeded' ? 'refunded' : 'refunding'))
    if (result.status === 'refused' && result.code === 'declined')
      redirect(deskPage(input.paymentId, 'declined'))
    return result
  },
  { fresh: true },
)

/** «Решить» on a payment in quarantine. */
export const settlePayment = staffAction('payments.settle', settleForm, async (input, staff) => {
  const result = await settleQuarantine(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect(deskPage(input.paymentId, 'settled'))
})

/** «Сверить сейчас». */
export const reconcileNow = staffAction('payments.settle', z.object({}), async (_input, staff) => {
  const result = await reconcileSoon(staff)
  if (result.status !== 'ok') return result
  redirect('/admin/payments/reconciliation?done=asked')
})

/** «Получить справку» об отсутствии задолженности. */
export const askNoDebt = subscriberAction(certificateForm, async ({ account }, subscriber) => {
  const result = await issueNoDebt(subscriber, account, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/ledger/papers/${result.value.id}`)
})
