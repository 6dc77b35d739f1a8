import { z } from 'zod'
import { digitsIn } from '@/lib/units/text'
import { amountField, methodField, paymentSchema, receiptEmail } from './schema'

/** «Изменить», «Продолжить», «Перейти в банк»: what a form of paying is sent for. */
const step = z.enum(['edit', 'look', 'pay']).catch('look')

const partErrors = { amount: 'amount', period: 'period', accountNumber: 'pay' } as const
const isPartField = z.enum(['amount', 'period', 'accountNumber']).catch('accountNumber')

/**
 * «Оплата» of the cabinet as its fields come: a tick `pay-{account}`, `amount-{account}` and `period-{account}` per account.
 * Errors stand at those names; `pay` when nothing is ticked.
 */
export const payFormSchema = z.record(z.string(), z.string()).transform((fields, context) => {
  const numbers = Object.keys(fields)
    .filter((name) => name.startsWith('pay-'))
    .map((name) => name.slice('pay-'.length))
  const { formKey, method, email } = fields
  const parts = numbers.map((accountNumber) => ({
    accountNumber,
    amount: fields[`amount-${accountNumber}`] ?? '',
    period: fields[`period-${accountNumber}`],
  }))
  const found = paymentSchema.safeParse({ formKey, method, email, parts })
  if (found.success) return { step: step.parse(fields.step), ...found.data }
  for (const { path, message } of found.error.issues) {
    const [head, place, field] = path
    const number = typeof place === 'number' ? numbers[place] : undefined
    if (number !== undefined)
      context.addIssue({
        code: 'custom',
        message,
        path: [`${partErrors[isPartField.parse(field)]}-${number}`],
      })
    else if (head === 'parts')
      context.addIssue({ code: 'custom', message: 'Отметьте, за что вы платите', path: ['pay'] })
    else context.addIssue({ code: 'custom', message, path: [String(head)] })
  }
  return z.NEVER
})

const accountField = z
  .string()
  .transform(digitsIn)
  .pipe(z.string().min(1, 'Напишите номер счёта: он напечатан в квитанции').max(20))

/** «Оплатить за другого»: first whose account it is, then how much and how. */
export const otherFormSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('find'), accountNumber: accountField }),
  z.object({ step: z.literal('edit') }),
  z.object({
    step: z.literal('pay'),
    formKey: z.uuid(),
    accountNumber: accountField,
    amount: amountField,
    method: methodField,
    email: receiptEmail,
  }),
])
