/** @jsxImportSource react */

import { z } from 'zod'
import { Act, Lines, P, Sheet, template } from './letter'

/** A notice to those who agreed to messages; `when` is empty where it has no time. */
export const noticeLetter = template(
  z.object({ number: z.string(), title: z.string(), body: z.string(), when: z.string() }),
  ({ title, body, when }, context) => ({
    subject: title,
    body: (
      <Sheet heading={title} context={context}>
        {when ? (
          <P>
            <strong>{when}</strong>
          </P>
        ) : null}
        <Lines text={body} />
        <Act href={`${context.publicUrl}/personal/notices`}>Все объявления</Act>
        <P>
          Вы согласились получать от нас сообщения. Выбрать, какие и как, можно в кабинете, в разделе
          «Профиль».
        </P>
      </Sheet>
    ),
  }),
)
