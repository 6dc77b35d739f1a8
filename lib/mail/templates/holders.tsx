/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { Login } from './credentials'
import { Act, P, Sheet, template } from './letter'

/** To somebody whose access to an account has ended: by their own application, or because it has another holder now. */
export const accountDisconnected = template(
  z.object({
    accountNumber: z.string(),
    application: z.object({ number: z.string(), day: z.iso.date() }).optional(),
    ownerChange: z.object({ day: z.iso.date(), paperId: z.uuid().optional() }).optional(),
  }),
  ({ accountNumber, application, ownerChange }, context) => ({
    subject: 'Счёт отключён от вашего кабинета',
    body: (
      <Sheet heading="Счёт отключён от вашего кабинета" context={context}>
        {application ? (
          <P>
            По вашему заявлению № {application.number} от {formatDay(day(application.day))} лицевой счёт{' '}
            {accountNumber} отключён от вашего кабинета.
          </P>
        ) : null}
        {ownerChange ? (
          <P>
            С {formatDay(day(ownerChange.day))} у лицевого счёта {accountNumber} другой собственник, поэтому
            он отключён от вашего кабинета.
          </P>
        ) : null}
        <P>Другие ваши счета, если они есть, остались. Логин и пароль прежние.</P>
        {ownerChange?.paperId ? (
          <>
            <P>Ваш итоговый расчёт с показаниями и остатком лежит в кабинете, его можно распечатать.</P>
            <Act href={`${context.publicUrl}/personal/ledger/papers/${ownerChange.paperId}`}>
              Открыть итоговый расчёт
            </Act>
          </>
        ) : null}
        <P>Если вы об этом не просили или это ошибка, позвоните нам.</P>
      </Sheet>
    ),
  }),
)

/** To a user who became the holder of an account: it stands in their cabinet from their own first day on. */
export const accountReceived = template(
  z.object({ accountNumber: z.string(), login: z.string(), since: z.iso.date() }),
  ({ accountNumber, login, since }, context) => ({
    subject: 'В личный кабинет добавлен счёт',
    body: (
      <Sheet heading="В личный кабинет добавлен счёт" context={context}>
        <P>
          Лицевой счёт {accountNumber} теперь ваш: он записан на вас с {formatDay(day(since))} и виден в
          кабинете. Логин прежний:
        </P>
        <Login login={login} />
        <P>Вы видите начисления и показания с этого дня. Долги прежнего собственника к вам не относятся.</P>
        <Act href={`${context.publicUrl}/personal`}>Открыть кабинет</Act>
      </Sheet>
    ),
  }),
)
