/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriod, period } from '@/lib/units/period'
import { Act, P, Sheet, template } from './letter'

/** To somebody who asked for bills by e-mail: a month is out, how much, by when. `amount` is kopecks, below zero overpaid. */
export const billReady = template(
  z.object({
    accountNumber: z.string(),
    period: z.string().regex(/^\d{4}-\d{2}$/),
    amount: z.string().regex(/^-?\d+$/),
    dueOn: z.iso.date(),
  }),
  (payload, context) => {
    const month = formatPeriod(period(payload.period))
    const amount = kopecks(BigInt(payload.amount))
    const address = `${context.publicUrl}/personal/ledger/${payload.period}?account=${encodeURIComponent(payload.accountNumber)}`
    return {
      subject: `Квитанция за ${month}`,
      body: (
        <Sheet heading={`Квитанция за ${month}`} context={context}>
          <P>Лицевой счёт {payload.accountNumber}.</P>
          <P>
            {amount > 0n ? (
              <>
                К оплате <strong>{formatMoney(amount)}</strong> до {formatDay(day(payload.dueOn))}.
              </>
            ) : amount < 0n ? (
              <>Переплата {formatMoney(kopecks(-amount))}. Платить не нужно.</>
            ) : (
              'Долга нет. Платить не нужно.'
            )}
          </P>
          <Act href={address}>Открыть квитанцию</Act>
          <P>
            Вы выбрали квитанцию на почту вместо бумажной. Изменить это можно в кабинете, в разделе «Профиль».
          </P>
        </Sheet>
      ),
    }
  },
)
