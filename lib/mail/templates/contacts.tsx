/** @jsxImportSource react */

import { z } from 'zod'
import { contactToken, linkToken, undoToken } from '@/lib/mail/link-token'
import { formatInstant } from '@/lib/units/day'
import { Login } from './credentials'
import { Act, P, Sheet, template } from './letter'

/** To the new address: one press makes it the address of the cabinet. Whoever gets it by mistake learns nothing of whose. */
export const emailConfirm = template(
  z.object({ changeId: z.uuid(), confirmBy: z.iso.datetime() }),
  (payload, context) => ({
    subject: 'Подтвердите адрес почты',
    body: (
      <Sheet heading="Подтвердите адрес почты" context={context}>
        <P>
          В личном кабинете указали этот адрес как новую почту. Откройте ссылку и нажмите «Подтвердить адрес».
          Ссылка сработает один раз и действует до {formatInstant(new Date(payload.confirmBy))}.
        </P>
        <Act href={`${context.publicUrl}/personal/contacts/${contactToken(payload.changeId)}`}>
          Подтвердить адрес
        </Act>
        <P>Если это были не вы, ничего не делайте: без подтверждения ничего не изменится.</P>
      </Sheet>
    ),
  }),
)

const changedWords = {
  email: { subject: 'Изменён адрес почты личного кабинета', what: 'адрес почты' },
  phone: { subject: 'Изменён телефон личного кабинета', what: 'номер телефона' },
} as const

/** To the address before the change: what happened, and how to undo it without signing in. */
export const contactChanged = template(
  z.object({
    changeId: z.uuid(),
    kind: z.enum(['email', 'phone']),
    at: z.iso.datetime(),
    undoUntil: z.iso.datetime(),
  }),
  ({ changeId, kind, at, undoUntil }, context) => {
    const { subject, what } = changedWords[kind]
    return {
      subject,
      body: (
        <Sheet heading={subject} context={context}>
          <P>
            {formatInstant(new Date(at))} в вашем личном кабинете изменили {what}. Если это сделали вы, ничего
            делать не нужно.
          </P>
          <P>
            Если не вы — отмените изменение. Всё вернётся, как было, все входы завершатся, а пароль нужно
            будет задать новый. Отменить можно до {formatInstant(new Date(undoUntil))}, входить для этого не
            нужно.
          </P>
          <Act href={`${context.publicUrl}/personal/contacts/undo/${undoToken(changeId)}`}>
            Отменить изменение
          </Act>
        </Sheet>
      ),
    }
  },
)

/** After an undoing: everything is as it was, and a new password is needed. Without a link for somebody who is blocked. */
export const contactUndone = template(
  z.object({
    kind: z.enum(['email', 'phone']),
    login: z.string(),
    linkId: z.uuid().nullable(),
    digits: z.boolean(),
  }),
  ({ kind, login, linkId, digits }, context) => ({
    subject: 'Изменение отменено: задайте новый пароль',
    body: (
      <Sheet heading="Изменение отменено" context={context}>
        <P>
          Мы вернули прежний {changedWords[kind].what}, завершили все входы и отключили прежний пароль. Ваш
          логин:
        </P>
        <Login login={login} />
        {linkId ? (
          <>
            <P>
              Задайте новый пароль. Ссылка сработает один раз и действует 30 минут
              {digits ? '; понадобятся последние 4 цифры лицевого счёта' : ''}. Если не успеете, нажмите на
              странице входа «Забыли пароль?».
            </P>
            <Act href={`${context.publicUrl}/personal/credentials/${linkToken(linkId)}`}>
              Задать новый пароль
            </Act>
          </>
        ) : (
          <P>Доступ сейчас приостановлен. Чтобы вернуть его, позвоните нам.</P>
        )}
      </Sheet>
    ),
  }),
)
