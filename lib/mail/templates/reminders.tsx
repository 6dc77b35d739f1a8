/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import { plural } from '@/lib/units/text'
import { Act, type LetterContext, List, P, Sheet, template } from './letter'

/** To who has not sent readings yet and agreed to letters: until when they are taken. `meters` by name and number. */
export const readingsReminder = template(
  z.object({
    accountNumber: z.string(),
    period: z.string().regex(/^\d{4}-\d{2}$/),
    closesOn: z.iso.date(),
    meters: z.array(z.string()),
  }),
  (payload, context) => {
    const last = formatDay(day(payload.closesOn), { year: false })
    return {
      subject: `Передайте показания до ${last}`,
      body: (
        <Sheet heading={`Передайте показания до ${last}`} context={context}>
          <P>
            Лицевой счёт {payload.accountNumber}. За {formatPeriod(period(payload.period))} ещё ждём
            показания:
          </P>
          <List items={payload.meters} />
          <P>Принимаем до {last} включительно. Это одна минута.</P>
          <Act href={pageOf(payload.accountNumber, context)}>Передать показания</Act>
          <P>
            Если не передать, начислим по среднему за прошлые месяцы. Если не передавать дольше трёх месяцев —
            по нормативу.
          </P>
          <Stop context={context} />
        </Sheet>
      ),
    }
  },
)

/**
 * To the holder of meters whose verification runs out in `daysLeft` days (below zero: ran out), and what it will cost.
 * `meters` by name, number and last day; `costs` whole sentences.
 */
export const verificationReminder = template(
  z.object({
    accountNumber: z.string(),
    daysLeft: z.number().int(),
    meters: z.array(z.string()),
    costs: z.array(z.string()),
  }),
  (payload, context) => {
    const heading = verificationWords(payload.daysLeft)
    return {
      subject: heading,
      body: (
        <Sheet heading={heading} context={context}>
          <P>Лицевой счёт {payload.accountNumber}. Пора поверить или заменить:</P>
          <List items={payload.meters} />
          <P>
            После этого дня показания счётчика без поверки не принимаются: первые три месяца начисляем по
            среднему, потом по нормативу.
          </P>
          {payload.costs.map((cost) => (
            <P key={cost}>{cost}</P>
          ))}
          <P>Чтобы заказать поверку или замену, позвоните нам: телефоны внизу письма.</P>
          <Act href={pageOf(payload.accountNumber, context)}>Открыть счётчики</Act>
          <Stop context={context} />
        </Sheet>
      ),
    }
  },
)

function verificationWords(daysLeft: number): string {
  if (daysLeft < 0) return 'Закончился срок поверки счётчика'
  if (daysLeft === 0) return 'Сегодня кончается срок поверки счётчика'
  return `Через ${plural(daysLeft, ['день', 'дня', 'дней'])} кончается срок поверки счётчика`
}

function pageOf(accountNumber: string, { publicUrl }: LetterContext): string {
  return `${publicUrl}/personal/readings?account=${encodeURIComponent(accountNumber)}`
}

/** How to get no more of these. */
function Stop({ context: { publicUrl } }: { context: LetterContext }) {
  return (
    <P>
      Напоминаем, потому что вы согласились на письма. Отключить их можно в профиле: {publicUrl}
      /personal/profile
    </P>
  )
}
