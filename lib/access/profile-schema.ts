import { z } from 'zod'
import { emailAddress, line } from '@/lib/units/fields'
import { digitsIn } from '@/lib/units/text'
import { newPassword, repeatsWrongly } from './schema'

const token = z.string().max(100)
const tick = z
  .string()
  .optional()
  .transform((value) => value === 'on')

/** A new e-mail. */
export const emailInput = z.object({ email: emailAddress('Напишите новый адрес почты') })

/** A new phone, as typed. */
export const phoneInput = z.object({ phone: line('Напишите новый номер телефона', 40) })

/** The six digits of the SMS, however spaced. */
export const codeInput = z.object({
  code: z
    .string()
    .max(40)
    .transform(digitsIn)
    .refine((digits) => digits.length === 6, 'Нужны 6 цифр из SMS'),
})

/** «Не менять»: which change that waits is given up. */
export const cancelInput = z.object({ kind: z.enum(['email', 'phone']) })

/** The button behind a link of a letter. */
export const linkInput = z.object({ token })

/** The own password changed: the old one, and the new one twice. */
export const passwordChangeInput = z
  .object({
    current: z.string().min(1, 'Введите нынешний пароль').max(256, 'Пароль не бывает таким длинным'),
    ...newPassword,
  })
  .refine(({ password, repeat }) => password === repeat, repeatsWrongly)

/** «Завершить» beside a sign-in. */
export const signInRef = z.object({ ref: z.string().max(40) })

export const noInput = z.object({})

/** Channels, kind by kind. */
export const channelsInput = z
  .object({
    ...{ 'bills.email': tick, 'readings.email': tick, 'notices.email': tick },
    ...{ 'bills.sms': tick, 'readings.sms': tick, 'notices.sms': tick },
  })
  .transform((ticks) => ({
    bills: { email: ticks['bills.email'], sms: ticks['bills.sms'] },
    readings: { email: ticks['readings.email'], sms: ticks['readings.sms'] },
    notices: { email: ticks['notices.email'], sms: ticks['notices.sms'] },
  }))
