/** @jsxImportSource react */

import { z } from 'zod'
import { linkToken } from '@/lib/mail/link-token'
import { Act, type LetterContext, P, Sheet, template } from './letter'

/** `digits`: whether the link asks for the last digits of an account, which a helper does not have. */
const credentials = z.object({ login: z.string(), linkId: z.uuid(), digits: z.boolean().default(true) })

/** To a new user: the login and the one-time link. Never a password. */
export const accessGranted = template(
  credentials.extend({ number: z.string(), accountNumber: z.string() }),
  (payload, context) => ({
    subject: 'Доступ в личный кабинет открыт',
    body: (
      <Sheet heading="Доступ в личный кабинет открыт" context={context}>
        <P>Заявка № {payload.number} подтверждена. Ваш логин:</P>
        <Login login={payload.login} />
        <P>
          Осталось придумать пароль. Ссылка сработает один раз и действует 72 часа; понадобятся последние 4
          цифры лицевого счёта.
        </P>
        <Act href={linkAddress(payload.linkId, context)}>Задать пароль</Act>
        <P>Пароль знаете только вы: наши сотрудники его не видят и никогда не спрашивают.</P>
      </Sheet>
    ),
  }),
)

/** To a user whose new request added one more account to the cabinet they have. */
export const accountAdded = template(
  z.object({ number: z.string(), login: z.string(), accountNumber: z.string() }),
  (payload, context) => ({
    subject: 'В личный кабинет добавлен счёт',
    body: (
      <Sheet heading="В личный кабинет добавлен счёт" context={context}>
        <P>
          Заявка № {payload.number} подтверждена: лицевой счёт {payload.accountNumber} теперь виден в вашем
          кабинете. Логин прежний:
        </P>
        <Login login={payload.login} />
        <Act href={`${context.publicUrl}/personal/login`}>Войти</Act>
      </Sheet>
    ),
  }),
)

/** To a user who asked for a new password. */
export const passwordRecovery = template(credentials, (payload, context) => ({
  subject: 'Новый пароль для личного кабинета',
  body: (
    <Sheet heading="Новый пароль для личного кабинета" context={context}>
      <P>Вы попросили задать новый пароль. Ваш логин:</P>
      <Login login={payload.login} />
      <P>Ссылка сработает один раз и действует 30 минут{needed(payload.digits)}.</P>
      <Act href={linkAddress(payload.linkId, context)}>Задать новый пароль</Act>
      <P>Если это были не вы, ничего не делайте: прежний пароль действует.</P>
    </Sheet>
  ),
}))

/** To a user whose block has ended: a new password is needed. */
export const accessRestored = template(credentials, (payload, context) => ({
  subject: 'Доступ в личный кабинет восстановлен',
  body: (
    <Sheet heading="Доступ в личный кабинет восстановлен" context={context}>
      <P>Доступ снова открыт. Прежний пароль больше не действует — придумайте новый. Ваш логин:</P>
      <Login login={payload.login} />
      <P>Ссылка сработает один раз и действует 72 часа{needed(payload.digits)}.</P>
      <Act href={linkAddress(payload.linkId, context)}>Задать новый пароль</Act>
    </Sheet>
  ),
}))

function needed(digits: boolean): string {
  return digits ? '; понадобятся последние 4 цифры лицевого счёта' : ''
}

export function Login({ login }: { login: string }) {
  return (
    <P>
      <strong style={{ fontSize: '20px', letterSpacing: '1px' }}>{login}</strong>
    </P>
  )
}

export function linkAddress(linkId: string, context: LetterContext): string {
  return `${context.publicUrl}/personal/credentials/${linkToken(linkId)}`
}
