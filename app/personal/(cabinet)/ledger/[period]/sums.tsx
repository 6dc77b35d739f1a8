import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { PayLink } from '@/app/personal/_overview/pay-link'
import { Pending } from '@/app/personal/_overview/pending'
import type { Balance } from '@/lib/ledger/balance'
import type { Statement } from '@/lib/ledger/queries'
import { stateOf } from '@/lib/ledger/rules'
import { formatDay } from '@/lib/units/day'
import { formatAmount, formatMoney, type Kopecks } from '@/lib/units/money'

/** From the opening to the closing balance; `balance` when this is the bill to be paid now, with what was paid since. */
export function Arithmetic({
  bill: { total },
  balance,
  pay,
  pdf,
}: {
  bill: Statement
  balance: Balance | undefined
  pay: string | undefined
  pdf: string
}) {
  const opening = stateOf(total.opening)
  const paidSince = balance !== undefined && balance.pending.length > 0
  return (
    <Card>
      <h2>Как получилась сумма</h2>
      <dl className="mt-2 tabular-nums">
        <Line
          name={opening.kind === 'overpaid' ? 'Переплата на начало месяца' : 'Долг на начало месяца'}
          amount={opening.amount}
        />
        <Line name="Начислено" amount={total.charged} />
        {total.recalculated !== 0n ? <Line name="Перерасчёт" amount={total.recalculated} /> : null}
        {total.penalty !== 0n ? <Line name="Пени" amount={total.penalty} /> : null}
        {total.benefit !== 0n ? <Line name="Льгота, вычитается" amount={total.benefit} /> : null}
        <Line name="Оплачено, вычитается" amount={total.paid} />
        <Result amount={total.closing} balance={paidSince ? undefined : balance} />
        {paidSince ? <Result amount={balance.amount} balance={balance} now /> : null}
      </dl>
      {paidSince ? <Pending payments={balance.pending} /> : null}
      {balance ? <PayLink href={pay} state={balance.state} /> : null}
      <p className="mt-2 print:hidden">
        <a href={pdf} className="inline-flex min-h-11 items-center">
          Квитанция (PDF)
        </a>
      </p>
    </Card>
  )
}

/** «К оплате до 15 декабря». */
function Result({
  amount,
  balance,
  now = false,
}: {
  amount: Kopecks
  balance: Balance | undefined
  now?: boolean
}) {
  const state = stateOf(amount)
  const by =
    balance?.month && state.kind === 'owed' ? ` до ${formatDay(balance.month.dueOn, { year: false })}` : ''
  const since = now ? ', с учётом оплаченного после' : ''
  return (
    <div className="flex flex-wrap justify-between gap-x-4 border-t-2 border-ink py-3 font-semibold">
      <dt>{`${state.words}${by}${since}`}</dt>
      <dd className="ml-auto whitespace-nowrap">{formatMoney(state.amount)}</dd>
    </div>
  )
}

function Line({ name, amount }: { name: ReactNode; amount: Kopecks }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 py-1.5">
      <dt className="text-soft">{name}</dt>
      <dd className="ml-auto whitespace-nowrap">{formatAmount(amount)}</dd>
    </div>
  )
}
