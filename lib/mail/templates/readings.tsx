/** @jsxImportSource react */

import { z } from 'zod'
import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import { Act, P, Sheet, template } from './letter'

const line = z.object({
  title: z.string(),
  serial: z.string(),
  unit: z.string(),
  period: z.string(),
  takenOn: z.iso.date(),
  values: z.array(z.object({ name: z.string().nullable(), dial: z.string() })),
})

/** To whoever sent readings: number, code, values, time. */
export const readingsSlipLetter = template(
  z.object({
    number: z.number(),
    code: z.string(),
    issuedAt: z.iso.datetime(),
    body: z.object({ accountNumber: z.string(), lines: z.array(line) }),
  }),
  ({ number, code, issuedAt, body }, context) => ({
    subject: `Показания приняты, талон № ${number}`,
    body: (
      <Sheet heading="Показания приняты" context={context}>
        <P>
          Лицевой счёт {body.accountNumber}, {formatInstant(new Date(issuedAt))}.
        </P>
        {body.lines.map(({ title, serial, unit, values, takenOn, ...of }) => (
          <P key={`${serial} ${of.period}`}>
            {title}, № {serial}:{' '}
            <strong>
              {values.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial)).join(', ')}{' '}
              {unit}
            </strong>{' '}
            за {formatPeriod(period(of.period))}, снято {formatDay(day(takenOn))}.
          </P>
        ))}
        <P>
          Талон № {number}, код {code.slice(0, 4)}-{code.slice(4)}. По номеру и коду любой может проверить,
          что показания приняты.
        </P>
        <Act href={`${context.publicUrl}/personal/check?number=${number}&code=${code}`}>Проверить талон</Act>
        <P>Если показания передавали не вы, позвоните нам.</P>
      </Sheet>
    ),
  }),
)
