import { z } from 'zod'

/** The words of the optional tick, on the request and in the profile; their hash is kept with the consent. */
export const MESSAGES_CONSENT = 'Согласен получать звонки, SMS и письма'

/** «Согласен получать звонки, SMS и письма» of the profile: given or withdrawn. */
export const messagesInput = z.object({
  messages: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
})

/** Where one goes on to after signing in: a page of ours. */
const wayBack = z
  .string()
  .regex(/^\/(personal|admin)(\/[\w-]+)*$/)
  .optional()
  .catch(undefined)

/** The login form. */
export const loginSchema = z.object({
  login: z
    .string()
    .min(1, 'Введите логин из письма')
    .max(100, 'Логин не бывает таким длинным: он есть в письме'),
  password: z.string().min(1, 'Введите пароль').max(256, 'Пароль не бывает таким длинным'),
  shared: z.string().optional(),
  next: wayBack,
})

/** The second step of staff: a code of the authenticator, or a recovery code. */
export const codeSchema = z.object({
  code: z.string().min(1, 'Введите код').max(40, 'Код не бывает таким длинным'),
  next: wayBack,
})

/** A new password, typed twice. */
export const newPassword = {
  password: z.string().min(12, 'Нужно не меньше 12 знаков').max(256, 'Не больше 256 знаков'),
  repeat: z.string(),
}
export const repeatsWrongly = { path: ['repeat'], message: 'Пароли не совпали' }

/** The form behind a credentials link. */
export const passwordSchema = z
  .object({
    token: z.string().max(100),
    /** Left out of the form of somebody who has no account. */
    digits: z
      .string()
      .regex(/^\d{4}$/, 'Нужны 4 последние цифры номера лицевого счёта')
      .optional(),
    ...newPassword,
  })
  .refine(({ password, repeat }) => password === repeat, repeatsWrongly)

/** «Забыли пароль?». */
export const recoverSchema = z.object({
  who: z
    .string()
    .min(1, 'Введите логин или электронную почту')
    .max(200, 'Логин и почта не бывают такими длинными'),
})

/** Why staff do something to somebody's access. */
export const reason = z
  .string()
  .min(3, 'Напишите причину: её увидят коллеги и журнал')
  .max(1000, 'Не больше 1000 знаков')

/** «Заблокировать» and «Разблокировать». */
export const blockSchema = z.object({ userId: z.uuid(), reason })

export const unblockSchema = blockSchema

/** Kinds of messages whose channels a person chooses, in the words of the form. */
export const chosenKinds = {
  bills: 'Новая квитанция',
  readings: 'Показания и поверка',
  notices: 'Отключения и новости',
} as const

const ofSign = { suspicionId: z.uuid(), back: z.enum(['queue', 'person']).catch('queue') }

/** «Заблокировать» beside a sign; `back` is the page it stands on. */
export const blockBySignInput = z
  .object({ ...ofSign, blockReason: reason })
  .transform(({ blockReason, ...rest }) => ({ ...rest, reason: blockReason, outcome: 'blocked' as const }))

/** «Это не опасно» beside a sign. */
export const dismissSignInput = z
  .object({ ...ofSign, dismissReason: reason })
  .transform(({ dismissReason, ...rest }) => ({
    ...rest,
    reason: dismissReason,
    outcome: 'dismissed' as const,
  }))

/** What staff make of a sign. */
export interface Settlement {
  suspicionId: string
  outcome: 'blocked' | 'dismissed'
  reason: string
}
