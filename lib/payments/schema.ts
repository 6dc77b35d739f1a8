import { z } from 'zod'
import { parsePeriod } from '@/lib/units/period'
import { readTypedAmount } from './typed-amount'

const MOST_PARTS = 20

/** An amount as people type it (`readTypedAmount`), above zero. */
export const amountField = z.string().transform((typed, context) => {
  const amount = readTypedAmount(typed)
  if (amount !== undefined && amount > 0n) return amount
  context.addIssue({ code: 'custom', message: 'Напишите сумму цифрами, например 1250,50' })
  return z.NEVER
})

/** The month somebody pays for; empty for the earliest debt first. */
export const periodField = z
  .string()
  .optional()
  .transform((text) => (text ? (parsePeriod(text) ?? null) : null))

/** Where the receipt goes; empty for nowhere. */
export const receiptEmail = z
  .union([z.literal(''), z.email('Проверьте адрес почты: например, anna@mail.ru').max(254)])
  .optional()
  .transform((text) => text || null)

export const methodField = z.enum(['card', 'sbp'])

/** A payment to begin: what to which account, how, and the form it was sent from. */
export const paymentSchema = z.object({
  /** Made with the form: the same form sent twice is one payment. */
  formKey: z.uuid(),
  method: methodField,
  email: receiptEmail,
  parts: z
    .array(z.object({ accountNumber: z.string().max(20), amount: amountField, period: periodField }))
    .min(1)
    .max(MOST_PARTS),
})
export type PaymentInput = z.output<typeof paymentSchema>

const reason = z.string().trim().min(3, 'Напишите, почему').max(500, 'Не больше 500 знаков')

/** «Вернуть деньги»: of one part of a payment, whole or a piece. */
export const refundSchema = z.object({
  formKey: z.uuid(),
  paymentId: z.uuid(),
  position: z.coerce.number().int().min(1).max(MOST_PARTS),
  amount: amountField,
  reason,
})
export type RefundInput = z.output<typeof refundSchema>

/** What staff decide on a payment in quarantine. */
export const settleSchema = z.object({
  paymentId: z.uuid(),
  decision: z.enum(['credit', 'return', 'close']),
  reason,
})
export type SettleInput = z.output<typeof settleSchema>

const dayField = z.iso.date().optional().catch(undefined)

/** Filters of a list of payments, as they stand in the address; what cannot be read is no filter. */
export const paymentFilterSchema = z.object({
  state: z
    .enum(['created', 'pending', 'waiting_for_capture', 'succeeded', 'canceled', 'quarantined'])
    .optional()
    .catch(undefined),
  method: methodField.optional().catch(undefined),
  /** Account number, or the number of a payment. */
  q: z.string().trim().max(40).optional().catch(undefined),
  from: dayField,
  to: dayField,
  /** Number of the last payment of the page before. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
})
export type PaymentFilter = z.output<typeof paymentFilterSchema>

/** A button at the bank of the demo. */
export const demoDecisionSchema = z.object({ id: z.uuid(), decision: z.enum(['pay', 'refuse', 'hang']) })

const sure = { sure: z.string().optional() }
const notSure = 'Поставьте отметку: вернуть эти деньги обратно мы уже не сможем'

/** The form of `refundSchema`: ticked «Понимаю, что деньги уйдут жильцу». */
export const refundForm = refundSchema
  .extend(sure)
  .refine((form) => form.sure === 'on', { path: ['sure'], message: notSure })

/** The form of `settleSchema`: the same tick where money goes back. */
export const settleForm = settleSchema
  .extend({ decision: z.enum(['credit', 'return', 'close'], 'Выберите, что сделать с платежом'), ...sure })
  .refine((form) => form.decision !== 'return' || form.sure === 'on', { path: ['sure'], message: notSure })

/** «Получить справку» of an account. */
export const certificateForm = z.object({ account: z.string().max(20) })
