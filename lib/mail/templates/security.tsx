/** @jsxImportSource react */

import { z } from 'zod'
import { formatInstant } from '@/lib/units/day'
import { Act, P, Sheet, template } from './letter'

/** To a person whose login was used in a browser that never signed in with it before. */
export const newDevice = template(
  z.object({ at: z.iso.datetime(), device: z.string() }),
  ({ at, device }, context) => ({
    subject: 'Вход с нового устройства',
    body: (
      <Sheet heading="Вход с нового устройства" context={context}>
        <P>
          {formatInstant(new Date(at))} в ваш личный кабинет вошли с устройства, с которого раньше не входили
          {device ? `: ${device}` : ''}. Если это вы, ничего делать не нужно.
        </P>
        <P>
          Если не вы — задайте новый пароль: все входы завершатся сами. Нажмите на странице входа «Забыли
          пароль?» или позвоните нам.
        </P>
        <Act href={`${context.publicUrl}/personal/recover`}>Задать новый пароль</Act>
      </Sheet>
    ),
  }),
)

/** To a person whose password was changed in the cabinet. */
export const passwordChanged = template(z.object({ at: z.iso.datetime() }), ({ at }, context) => ({
  subject: 'Пароль личного кабинета изменён',
  body: (
    <Sheet heading="Пароль личного кабинета изменён" context={context}>
      <P>
        {formatInstant(new Date(at))} в вашем личном кабинете задали новый пароль. Входы на других устройствах
        завершены. Если это сделали вы, ничего делать не нужно.
      </P>
      <P>Если не вы — сразу задайте новый пароль по ссылке ниже и позвоните нам.</P>
      <Act href={`${context.publicUrl}/personal/recover`}>Задать новый пароль</Act>
    </Sheet>
  ),
}))
