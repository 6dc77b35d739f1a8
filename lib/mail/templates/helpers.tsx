/** @jsxImportSource react */

import { z } from 'zod'
import { invitationToken } from '@/lib/mail/link-token'
import { day, formatDay } from '@/lib/units/day'
import { Login } from './credentials'
import { Act, P, Sheet, template } from './letter'

/**
 * To somebody a holder invites to send readings. The house, but not the flat; of the holder the first name and an initial:
 * the letter may reach a stranger.
 */
export const helperInvited = template(
  z.object({
    helperAccessId: z.uuid(),
    holder: z.string(),
    house: z.string(),
    until: z.iso.date(),
    acceptBy: z.iso.date(),
  }),
  (payload, context) => ({
    subject: 'Вас просят передавать показания счётчиков',
    body: (
      <Sheet heading="Вас просят передавать показания счётчиков" context={context}>
        <P>
          {payload.holder} просит вас передавать показания счётчиков своей квартиры. Дом: {payload.house}. До{' '}
          {formatDay(day(payload.until))}.
        </P>
        <P>
          Вы увидите только счётчики и последние показания. Ни долга, ни начислений, ни переписки. Отказаться
          можно в любой день.
        </P>
        <Act href={`${context.publicUrl}/personal/helper/${invitationToken(payload.helperAccessId)}`}>
          Открыть приглашение
        </Act>
        <P>Ответить на приглашение можно до {formatDay(day(payload.acceptBy))}.</P>
        <P>Если вы не знаете, кто это, ничего не делайте: без вашего согласия ничего не произойдёт.</P>
      </Sheet>
    ),
  }),
)

/** To somebody who made a sign-in to accept an invitation: the login. Never a password. */
export const helperWelcome = template(z.object({ login: z.string() }), (payload, context) => ({
  subject: 'Ваш логин в личном кабинете',
  body: (
    <Sheet heading="Ваш логин в личном кабинете" context={context}>
      <P>Вы приняли приглашение передавать показания. Ваш логин:</P>
      <Login login={payload.login} />
      <P>Пароль вы придумали сами. Наши сотрудники его не видят и никогда не спрашивают.</P>
      <Act href={`${context.publicUrl}/personal/login`}>Войти</Act>
    </Sheet>
  ),
}))

/** To the holder: whom they invited has accepted. `name` is what the holder calls them. */
export const helperAccepted = template(
  z.object({ name: z.string(), accountNumber: z.string(), until: z.iso.date() }),
  (payload, context) => ({
    subject: 'Приглашение принято',
    body: (
      <Sheet heading="Приглашение принято" context={context}>
        <P>
          {payload.name} теперь может передавать показания по лицевому счёту {payload.accountNumber} до{' '}
          {formatDay(day(payload.until))} включительно.
        </P>
        <P>Что и когда передано, видно в профиле. Там же доступ можно отозвать в любую минуту.</P>
        <Act href={`${context.publicUrl}/personal/profile/helpers`}>Помощники</Act>
        <P>Если вы никого не приглашали, отзовите доступ и позвоните нам.</P>
      </Sheet>
    ),
  }),
)
