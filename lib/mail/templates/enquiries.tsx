/** @jsxImportSource react */

import { z } from 'zod'
import { Act, Lines, P, Sheet, template } from './letter'

/** To who asked: there is an answer, and where to read it. Not a word of the question or the answer. */
export const enquiryAnswered = template(z.object({ number: z.string() }), (payload, context) => ({
  subject: `Ответ на обращение № ${payload.number}`,
  body: (
    <Sheet heading={`Мы ответили на обращение № ${payload.number}`} context={context}>
      <P>Ответ ждёт вас в личном кабинете, в разделе «Обращения». Там же можно спросить ещё.</P>
      <Act href={`${context.publicUrl}/personal/enquiries/${payload.number}`}>Прочитать ответ</Act>
    </Sheet>
  ),
}))

/** To who asked without a login and left an e-mail: the answer itself. Not a word of the question, which anybody may have sent. */
export const feedbackAnswered = template(
  z.object({ number: z.string(), askedOn: z.string(), text: z.string() }),
  ({ number, askedOn, text }, context) => ({
    subject: `Ответ на обращение № ${number}`,
    body: (
      <Sheet heading={`Ответ на обращение № ${number}`} context={context}>
        <P>{`${askedOn} вы написали нам через форму обратной связи. Отвечаем.`}</P>
        <Lines text={text} />
        <P>Остался вопрос — позвоните или напишите нам ещё раз.</P>
        <Act href={`${context.publicUrl}/personal/feedback`}>Написать ещё</Act>
      </Sheet>
    ),
  }),
)
