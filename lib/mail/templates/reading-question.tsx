/** @jsxImportSource react */

import { z } from 'zod'
import { Act, P, Sheet, template } from './letter'

/** To those who see an account and agreed to messages: staff ask about a value that looks odd, in their own words. */
export const readingQuestion = template(
  z.object({ accountNumber: z.string(), text: z.string() }),
  ({ accountNumber, text }, context) => ({
    subject: 'Проверьте, пожалуйста, показание счётчика',
    body: (
      <Sheet heading="Проверьте, пожалуйста, показание счётчика" context={context}>
        <P>Лицевой счёт {accountNumber}.</P>
        {text
          .split('\n')
          .filter(Boolean)
          .map((line) => (
            <P key={line}>{line}</P>
          ))}
        <Act href={`${context.publicUrl}/personal/readings?account=${encodeURIComponent(accountNumber)}`}>
          Открыть показания
        </Act>
        <P>Вы согласились получать от нас письма. Отозвать согласие можно в кабинете, в разделе «Профиль».</P>
      </Sheet>
    ),
  }),
)
