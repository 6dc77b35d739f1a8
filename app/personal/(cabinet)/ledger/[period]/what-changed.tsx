import { Card } from '@/app/_ui/box'
import type { Statement } from '@/lib/ledger/queries'
import { causeOf, signed } from '@/lib/ledger/words'
import { formatMoney, type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, formatMonth } from '@/lib/units/period'
import { plural } from '@/lib/units/text'

const MOST = 8

/** Why this month came to another sum than the last, in words, the largest cause first; together they are the difference. */
export function WhatChanged({ bill }: { bill: Statement }) {
  const causes = [...bill.rows, ...bill.gone]
    .flatMap(({ service, why }) =>
      why.map(({ amount, words }) => ({ amount, words: causeOf(service, words) })),
    )
    .sort((a, b) => (size(a.amount) < size(b.amount) ? 1 : -1))
  const rest = causes.slice(MOST)
  return (
    <Card>
      <h2>Что изменилось за месяц</h2>
      <p className="mt-2 font-semibold">{headline(bill)}</p>
      <Causes causes={causes.slice(0, MOST)} />
      {rest.length > 0 ? (
        <details className="print-open">
          <summary className="flex min-h-11 cursor-pointer items-center gap-1">
            <Signed amount={sumKopecks(rest.map((cause) => cause.amount))} />
            <span className="text-water underline underline-offset-[0.2em]">
              {`ещё ${plural(rest.length, ['причина', 'причины', 'причин'])}`}
            </span>
          </summary>
          <Causes causes={rest} />
        </details>
      ) : null}
    </Card>
  )
}

function Causes({ causes }: { causes: readonly { amount: Kopecks; words: string }[] }) {
  if (causes.length === 0) return null
  return (
    <ul className="mt-1">
      {causes.map(({ amount, words }) => (
        <li key={words} className="py-1">
          <Signed amount={amount} />
          {`: ${words}`}
        </li>
      ))}
    </ul>
  )
}

function headline({ difference, period }: Statement): string {
  const before = formatMonth(addMonths(period, -1))
  if (difference === undefined) return 'Сравнить не с чем: квитанции за прошлый месяц нет.'
  if (difference === 0n) return `Начислено столько же, сколько за ${before}.`
  return `Начислено на ${formatMoney(size(difference))} ${difference > 0n ? 'больше' : 'меньше'}, чем за ${before}.`
}

/** «+298,12 ₽» in amber, «−3,56 ₽» in green. */
export function Signed({ amount }: { amount: Kopecks }) {
  const tone = amount > 0n ? 'text-warn' : amount < 0n ? 'text-good' : 'text-soft'
  return <span className={`whitespace-nowrap tabular-nums ${tone}`}>{signed(amount)}</span>
}

function size(amount: Kopecks): Kopecks {
  return amount < 0n ? kopecks(-amount) : amount
}
