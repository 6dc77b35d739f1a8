/** @jsxImportSource react */

import { z } from 'zod'
import { formatPeriod, period } from '@/lib/units/period'
import { Act, P, Sheet, template } from './letter'

/** To who asked for a correction of what billing had taken: what was decided; why stands in the cabinet. */
export const correctionSettled = template(
  z.object({
    correction: z.uuid(),
    accountNumber: z.string(),
    period: z.string().regex(/^\d{4}-\d{2}$/),
    accepted: z.boolean(),
  }),
  ({ accountNumber, accepted, ...of }, context) => {
    const month = formatPeriod(period(of.period))
    const heading = accepted ? `Показание за ${month} исправлено` : `Показание за ${month} осталось прежним`
    return {
      subject: heading,
      body: (
        <Sheet heading={heading} context={context}>
          <P>Лицевой счёт {accountNumber}.</P>
          <P>
            {accepted
              ? 'Мы исправили показание, как вы просили, и передадим его в расчёт. Разницу учтём в следующих квитанциях.'
              : 'Вы просили исправить показание. Мы оставили прежнее; почему, написано в личном кабинете.'}
          </P>
          <Act href={`${context.publicUrl}/personal/readings/corrections`}>Посмотреть</Act>
        </Sheet>
      ),
    }
  },
)
