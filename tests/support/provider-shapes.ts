import { z } from 'zod'

const money = z.object({ value: z.string().regex(/^\d+\.\d{2}$/), currency: z.literal('RUB') })
/** What must come with a payment, as the documentation of the API has it. */
export const paymentBody = z.object({
  amount: money,
  capture: z.literal(true),
  payment_method_data: z.object({ type: z.enum(['bank_card', 'sbp']) }),
  confirmation: z.object({ type: z.literal('redirect'), return_url: z.url() }),
  description: z.string().max(128),
  metadata: z.object({ order: z.string() }),
  payment_order: z.object({
    type: z.literal('utilities'),
    amount: money,
    payment_purpose: z.string().min(1).max(210),
    recipient: z.object({
      name: z.string(),
      inn: z.string().length(10),
      kpp: z.string().length(9),
      bank: z.object({
        name: z.string().max(45),
        bic: z.string().length(9),
        account: z.string().length(20),
        correspondent_account: z.string().length(20),
      }),
    }),
    payment_period: z.object({ month: z.number().min(1).max(12), year: z.number() }),
    account_number: z.string().min(1).max(30),
  }),
  receipt: z
    .object({
      customer: z.object({ email: z.email() }),
      items: z
        .array(
          z.object({
            description: z.string().min(1).max(128),
            quantity: z.literal('1'),
            amount: money,
            vat_code: z.number(),
            payment_subject: z.string(),
            payment_mode: z.string(),
          }),
        )
        .min(1),
    })
    .optional(),
})
/** What must come with a refund. */
export const refundBody = z.object({
  payment_id: z.string(),
  amount: money,
  description: z.string().max(250),
})

/** `"1250.00"` → kopecks. */
export function kopecksOf(value: string): bigint {
  return BigInt(value.replace('.', ''))
}

/** Kopecks → `"1250.00"`. */
export function rublesOf(amount: bigint): string {
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
