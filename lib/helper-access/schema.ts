import { z } from 'zod'
import { newPassword, repeatsWrongly } from '@/lib/access/schema'
import { parseDay } from '@/lib/units/day'
import { emailAddress, line, optionalName, personName } from '@/lib/units/fields'

/** «Пригласить помощника». Whether the day is near enough is decided by the server (rules.ts). */
export const inviteSchema = z.object({
  account: z.string().max(40),
  name: line('Напишите, как вы называете этого человека', 60),
  email: emailAddress('Напишите адрес почты: на него уйдёт приглашение'),
  until: z.string('Выберите день').transform((text, context) => {
    const day = parseDay(text.trim())
    if (day) return day
    context.addIssue('Нужен день вида 15.04.2027')
    return z.NEVER
  }),
})
export type Invitation = z.output<typeof inviteSchema>

/** «Отозвать», «Больше не помогаю», and the id in the address of a helper's page. */
export const helperIdSchema = z.object({ id: z.uuid() })

/** The form of readings of a helper: the access, then whatever its meters ask for. */
export const helpedReadingsSchema = helperIdSchema.catchall(z.string())

/** The token of an invitation, as it stands in an address. */
export const invitationTokenSchema = z.string().regex(/^[\w-]{43}$/)

/** «Принять». */
export const acceptSchema = z.object({ token: invitationTokenSchema })

/** A sign-in of their own for somebody invited who has none. */
export const registrationSchema = z
  .object({
    token: invitationTokenSchema,
    lastName: personName('Напишите фамилию'),
    firstName: personName('Напишите имя'),
    patronymic: optionalName(),
    ...newPassword,
    acceptAgreement: z.literal('on', 'Без согласия с условиями соглашения вход сделать нельзя'),
    acceptConsent: z.literal('on', 'Без согласия на обработку данных вход сделать нельзя'),
  })
  .refine(({ password, repeat }) => password === repeat, repeatsWrongly)
export type Registration = z.output<typeof registrationSchema>

/** «Прекратить» of staff; `back` is the page the form stands on. */
export const endSchema = z.object({
  id: z.uuid('Выберите, чью помощь прекратить'),
  endReason: line('Напишите причину: её увидят коллеги и журнал', 1000).min(
    3,
    'Напишите причину: её увидят коллеги и журнал',
  ),
  back: z
    .string()
    .regex(/^\/admin\/(accounts|people)\/[\w%.-]+$/)
    .catch('/admin/accounts'),
})
