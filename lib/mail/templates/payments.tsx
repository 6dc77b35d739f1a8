/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { P, Sheet, template } from './letter'

const money = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => formatMoney(kopecks(BigInt(digits))))

/** To a payer who left an e-mail: the money came, for which accounts. Amounts are kopecks. */
export const paymentReceived = template(
  z.object({
    number: z.string(),
    amount: money,
    paidOn: z.iso.date(),
    parts: z.array(z.object({ accountNumber: z.string(), amount: money })).min(1),
  }),
  ({ number, amount, paidOn, parts }, context) => ({
    subject: `Платёж № ${number} получен`,
    body: (
      <Sheet heading={`Платёж № ${number} получен`} context={context}>
        <P>
          {formatDay(day(paidOn))} вы заплатили <strong>{amount}</strong>. Деньги зачислены.
        </P>
        {parts.map((part) => (
          <P key={`${part.accountNumber} ${part.amount}`}>
            Лицевой счёт {part.accountNumber}: {part.amount}
          </P>
        ))}
        <P>Из суммы к оплате в кабинете платёж уже вычтен, в квитанции он появится в следующем месяце.</P>
      </Sheet>
    ),
  }),
)

/** To the payer of a payment that was given back, whole or in part. */
export const paymentReturned = template(
  z.object({
    number: z.string(),
    refund: z.string(),
    amount: money,
    accountNumber: z.string().nullable(),
  }),
  ({ number, amount, accountNumber }, context) => ({
    subject: `Возврат по платежу № ${number}`,
    body: (
      <Sheet heading={`Возврат по платежу № ${number}`} context={context}>
        <P>
          Мы вернули вам <strong>{amount}</strong>
          {accountNumber ? ` с лицевого счёта ${accountNumber}` : ''} туда, откуда вы платили.
        </P>
        <P>Банк зачислит деньги в течение нескольких дней.</P>
      </Sheet>
    ),
  }),
)
