import { moscowDay, partsOfDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'
import type { PayeeRequisites } from '@/lib/units/requisites'
import type { Order, OrderPart, RefundOrder } from './provider'

const METHODS = { card: 'bank_card', sbp: 'sbp' } as const
const LONGEST_PURPOSE = 210
const LONGEST_ITEM = 128

/** The body of «создать платёж»; `payee` is the order's own, and there. */
export function paymentBody(order: Order, payee: PayeeRequisites) {
  return {
    amount: money(order.amount),
    capture: true,
    payment_method_data: { type: METHODS[order.method] },
    confirmation: { type: 'redirect', return_url: order.returnUrl },
    description: `Платёж ${order.number}`,
    metadata: { order: order.id },
    payment_order: paymentOrder(order, payee),
    ...(order.email
      ? {
          receipt: receipt(
            order.email,
            order.parts.map((part) => item(part, order)),
          ),
        }
      : {}),
  }
}

/** The body of «создать возврат». */
export function refundBody(order: RefundOrder) {
  const line = { ...terms(order), description: order.title, quantity: '1', amount: money(order.amount) }
  return {
    payment_id: order.providerPaymentId,
    amount: money(order.amount),
    description: order.title,
    ...(order.email ? { receipt: receipt(order.email, [line]) } : {}),
  }
}

/** Obligatory for a shop of housing services. One order names one account: the first, and all of them in the purpose. */
function paymentOrder(order: Order, payee: PayeeRequisites) {
  const [first] = order.parts
  return {
    type: 'utilities',
    amount: money(order.amount),
    payment_purpose: purpose(order.parts),
    recipient: {
      name: payee.name,
      inn: payee.inn,
      kpp: payee.kpp,
      bank: {
        name: payee.bankName,
        bic: payee.bic,
        account: payee.account,
        correspondent_account: payee.correspondentAccount,
      },
    },
    payment_period: monthOf(first, order.createdAt),
    account_number: first?.accountNumber ?? '',
    ...(first?.unifiedAccount ? { unified_account_number: first.unifiedAccount } : {}),
  }
}

function purpose(parts: readonly OrderPart[]): string {
  const accounts = parts.map((part) => part.accountNumber).join(', ')
  return `Оплата ЖКУ, лицевой счёт ${accounts}`.slice(0, LONGEST_PURPOSE)
}

function monthOf(part: OrderPart | undefined, createdAt: Date) {
  if (part?.period) return { month: Number(part.period.slice(5)), year: Number(part.period.slice(0, 4)) }
  const { month, year } = partsOfDay(moscowDay(createdAt))
  return { month, year }
}

function receipt(email: string, items: readonly object[]) {
  return { customer: { email }, items }
}

function item(part: OrderPart, order: Order) {
  const month = part.period ? `, ${formatPeriod(part.period)}` : ''
  return {
    ...terms(order),
    description: `Оплата ЖКУ, счёт ${part.accountNumber}${month}`.slice(0, LONGEST_ITEM),
    quantity: '1',
    amount: money(part.amount),
  }
}

function terms({ receipt }: Pick<Order, 'receipt'>) {
  return { vat_code: receipt.vatCode, payment_subject: receipt.subject, payment_mode: receipt.mode }
}

function money(amount: Kopecks) {
  const digits = String(amount).padStart(3, '0')
  return { value: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: 'RUB' }
}
