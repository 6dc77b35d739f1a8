import type { ReactNode } from 'react'
import type { ChargesCertificate, MetersCertificate } from '@/lib/papers/schema'
import { closingWords, meterWords, money, monthsWords } from '@/lib/papers/words'
import { day, formatDay } from '@/lib/units/day'
import { formatPeriodTitle, period } from '@/lib/units/period'

/** What a certificate of the charges of a period says. */
export function Charges({ body }: { body: ChargesCertificate }) {
  return (
    <>
      <h2>{`Начисления: ${monthsWords(body)}`}</h2>
      <ul className="grid">
        {body.months.map(({ period: month, accrued, paid, closing }) => (
          <li key={month} className="border-t border-line py-2">
            <p className="flex flex-wrap justify-between gap-x-4">
              <strong className="font-semibold">{formatPeriodTitle(period(month))}</strong>
              <span>{closingWords(closing)}</span>
            </p>
            <p className="flex flex-wrap justify-between gap-x-4 text-[0.94em] text-soft tabular-nums">
              <span>{`начислено ${money(accrued)}`}</span>
              <span>{`оплачено ${money(paid)}`}</span>
            </p>
          </li>
        ))}
      </ul>
      <Sums title="За весь период">
        <Sum name="Начислено с перерасчётами, льготами и пенями" amount={body.accrued} />
        <Sum name="Оплачено" amount={body.paid} />
      </Sums>
      <Sums title="Начислено по услугам">
        {body.services.map(({ name, accrued }) => (
          <Sum key={name} name={name} amount={accrued} />
        ))}
      </Sums>
    </>
  )
}

function Sums({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className="font-semibold">{title}</h3>
      <dl className="grid gap-1">{children}</dl>
    </>
  )
}

function Sum({ name, amount }: { name: string; amount: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt>{name}</dt>
      <dd className="whitespace-nowrap tabular-nums">{money(amount)}</dd>
    </div>
  )
}

/** What a certificate of the registered meters says. */
export function Meters({ body: { on, meters } }: { body: MetersCertificate }) {
  return (
    <>
      <h2>{`На ${formatDay(day(on))} учтены счётчики`}</h2>
      <ul className="grid gap-3">
        {meters.map((meter) => (
          <li key={`${meter.kind} ${meter.serial}`} className="border-t border-line pt-2">
            <strong className="font-semibold">{`${meter.kind}, № ${meter.serial}`}</strong>
            <ul>
              {meterWords(meter).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}
