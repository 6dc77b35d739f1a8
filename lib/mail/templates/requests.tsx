/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { Act, P, Sheet, template, unbroken } from './letter'

/** To the applicant at once: the request arrived, its number, and the day of the answer. */
export const requestReceived = template(
  z.object({ number: z.string(), dueOn: z.iso.date() }),
  (payload, context) => ({
    subject: `Заявка № ${payload.number} получена`,
    body: (
      <Sheet heading={`Заявка № ${payload.number} получена`} context={context}>
        <P>
          Мы получили вашу заявку на доступ в личный кабинет. Ответ придёт на этот адрес не позднее{' '}
          {formatDay(day(payload.dueOn))}.
        </P>
        <P>Делать ничего не нужно. Если у вас появится вопрос, позвоните нам и назовите номер заявки.</P>
        <P>Если вы не подавали заявку, сообщите нам об этом: кто-то указал ваш адрес.</P>
      </Sheet>
    ),
  }),
)

/** To the applicant refused: what to do next, and not a word of which part did not match. */
export const requestRefused = template(z.object({ number: z.string() }), (payload, context) => ({
  subject: `Ответ на заявку № ${payload.number}`,
  body: (
    <Sheet heading={`По заявке № ${payload.number} доступ не открыт`} context={context}>
      <P>
        Сведения в заявке не позволили нам убедиться, что её подал владелец лицевого счёта. Какие именно — мы
        не сообщаем, чтобы чужой человек не смог подобрать ваши данные.
      </P>
      <P>
        Проверьте заявку по квитанции, паспорту и договору и подайте её ещё раз. Или придите к нам с
        паспортом: {context.company.postalAddress} <span style={unbroken}>({context.company.hours})</span>.
      </P>
      <Act href={`${context.publicUrl}/personal/request`}>Подать заявку ещё раз</Act>
    </Sheet>
  ),
}))
