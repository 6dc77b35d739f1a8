import { z } from 'zod'
import { type Kopecks, kopecks } from '@/lib/units/money'
import type { Hint, SeenRefund } from './provider'
import type { SeenPayment } from './rules'

/** `"1250.00"`: digit by digit, never through a float. */
const value = z
  .string()
  .regex(/^\d{1,12}\.\d{2}$/)
  .transform((text): Kopecks => kopecks(BigInt(text.replace('.', ''))))
const amount = z.object({ value, currency: z.string() })
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const cancellation = z.object({ reason: z.string() }).optional()

/** A payment of the API, version 3. */
export const paymentShape = z
  .object({
    id: z.string().min(1).max(100),
    status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']),
    amount,
    created_at: instant,
    captured_at: instant.optional(),
    confirmation: z.object({ confirmation_url: z.url({ protocol: /^https?$/ }) }).optional(),
    metadata: z.object({ order: z.string().optional() }).optional(),
    refunded_amount: amount.optional(),
    cancellation_details: cancellation,
  })
  .transform(
    (of): SeenPayment => ({
      id: of.id,
      status: of.status,
      amount: of.amount.value,
      currency: of.amount.currency,
      order: of.metadata?.order,
      confirmationUrl: of.confirmation?.confirmation_url,
      createdAt: of.created_at,
      capturedAt: of.captured_at,
      cancelReason: of.cancellation_details?.reason,
      refunded: of.refunded_amount?.value ?? kopecks(0n),
    }),
  )

/** A refund of the API, version 3. */
export const refundShape = z
  .object({
    id: z.string().min(1).max(100),
    payment_id: z.string(),
    status: z.enum(['pending', 'succeeded', 'canceled']),
    amount,
    created_at: instant,
    description: z.string().optional(),
    cancellation_details: cancellation,
  })
  .transform(
    (of): SeenRefund => ({
      id: of.id,
      paymentId: of.payment_id,
      status: of.status,
      amount: of.amount.value,
      currency: of.amount.currency,
      title: of.description ?? '',
      createdAt: of.created_at,
      cancelReason: of.cancellation_details?.reason,
    }),
  )

/** A page of a list. */
export function listShape<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().optional() })
}

/** What the API says of a request it does not take. */
export const errorShape = z.object({ code: z.string().regex(/^[\w.-]{1,60}$/) })

const notification = z.union([
  z
    .object({
      event: z.string().startsWith('payment.'),
      object: z.object({ id: z.string().min(1).max(100) }),
    })
    .transform(({ object }): Hint => ({ about: 'payment', paymentId: object.id })),
  z
    .object({
      event: z.string().startsWith('refund.'),
      object: z.object({ payment_id: z.string().min(1).max(100) }),
    })
    .transform(({ object }): Hint => ({ about: 'refund', paymentId: object.payment_id })),
])

/** What a notification's body is about; undefined when it is none. */
export function readNotification(body: string): Hint | undefined {
  try {
    return notification.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
