/** @jsxImportSource react */

import { z } from 'zod'
import { Act, P, Sheet, template } from './letter'

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
