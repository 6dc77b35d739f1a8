/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { Act, P, Sheet, template } from './letter'

/** To a person who asked for a correction of their data, or withdrew their consent: by when it is done. */
export const privacyReceived = template(
  z.object({ kind: z.enum(['correction', 'withdrawal']), dueOn: z.iso.date() }),
  ({ kind, dueOn }, context) => ({
    subject: kind === 'correction' ? 'Просьба исправить данные получена' : 'Отзыв согласия получен',
    body: (
      <Sheet
        heading={kind === 'correction' ? 'Просьба исправить данные получена' : 'Отзыв согласия получен'}
        context={context}
      >
        {kind === 'correction' ? (
          <P>Проверим и ответим письмом не позже {formatDay(day(dueOn))}.</P>
        ) : (
          <>
            <P>
              Данные, которые не обязан хранить закон, уничтожим не позже {formatDay(day(dueOn))}. До этого
              кабинет работает, и отзыв можно взять назад.
            </P>
            <P>Если вы этого не просили, возьмите отзыв назад и смените пароль.</P>
          </>
        )}
        <Act href={`${context.publicUrl}/personal/profile/data`}>Паспорт моих данных</Act>
      </Sheet>
    ),
  }),
)

/** To a person whose request for a correction was answered. */
export const privacySettled = template(
  z.object({ done: z.boolean(), note: z.string() }),
  ({ done, note }, context) => ({
    subject: done ? 'Данные исправлены' : 'Ответ на просьбу исправить данные',
    body: (
      <Sheet heading={done ? 'Данные исправлены' : 'Исправить не получилось'} context={context}>
        {note.split('\n').map((line) => (
          <P key={line}>{line}</P>
        ))}
        <P>Если вы не согласны, ответьте нам или обратитесь в Роскомнадзор.</P>
      </Sheet>
    ),
  }),
)

/** The last letter to a person whose data were destroyed by their withdrawal. */
export const dataErased = template(z.object({ act: z.number() }), ({ act }, context) => ({
  subject: 'Ваши данные уничтожены',
  body: (
    <Sheet heading="Ваши данные уничтожены" context={context}>
      <P>
        По вашему отзыву согласия мы уничтожили персональные данные, которые не обязаны хранить по закону. Акт
        № {act}.
      </P>
      <P>
        Вход в личный кабинет закрыт. Начисления, платежи и показания лицевого счёта хранятся, как велит
        закон. Адрес, на который пришло это письмо, мы тоже удалим.
      </P>
    </Sheet>
  ),
}))
