import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { Balance } from '@/lib/ledger/queries'
import { formatDay } from '@/lib/units/day'
import { formatMoney, type Kopecks, kopecks } from '@/lib/units/money'
import { addMonths, formatMonth, formatPeriod, type Period } from '@/lib/units/period'

/** The amount owed or overpaid, by when, and what to do about it. */
export function BalanceCard({
  balance,
  payment,
  accountNumber,
  statementLink,
}: {
  balance: Balance | undefined
  payment: { period: Period; paid: Kopecks } | undefined
  accountNumber: string
  statementLink: string
}) {
  if (!balance)
    return (
      <Card className="grid gap-2">
        <h2>Начислений пока нет</h2>
        <p className="text-soft">Сумма появится здесь вместе с первой квитанцией.</p>
      </Card>
    )
  return (
    <Card>
      <BalanceHead balance={balance} />
      <p className="mt-3">{whatToDo(balance, accountNumber)}</p>
      <p className="mt-2 text-soft">{accruedWords(balance)}</p>
      <p className="mt-1">
        <Link href={statementLink} prefetch={false} className="inline-flex min-h-11 items-center">
          Из чего сложилось
        </Link>
      </p>
      {payment ? (
        <p className="mt-2 flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 text-soft">
          <span>{`Последняя оплата, ${formatPeriod(payment.period)}`}</span>
          <span className="whitespace-nowrap tabular-nums text-ink">{formatMoney(payment.paid)}</span>
        </p>
      ) : null}
    </Card>
  )
}

/** «К оплате», by when, and the amount in large figures; never a negative one. */
export function BalanceHead({ balance: { state, dueOn, overdue } }: { balance: Balance }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2>{state.words}</h2>
        {state.kind === 'owed' ? (
          <p className={overdue ? 'font-medium text-bad' : 'text-soft'}>
            {`${overdue ? 'срок прошёл' : 'до'} ${formatDay(dueOn, { year: false })}`}
          </p>
        ) : null}
      </div>
      <p
        className={`mt-1 text-[clamp(1.9rem,10.5vw,2.75rem)] leading-tight font-bold whitespace-nowrap tabular-nums ${
          state.kind === 'owed' ? '' : 'text-good'
        }`}
      >
        {formatMoney(state.amount)}
      </p>
    </>
  )
}

function whatToDo({ state, overdue }: Balance, accountNumber: string): string {
  if (state.kind === 'overpaid') return 'Платить сейчас не нужно: эта сумма зачтётся в следующих месяцах.'
  if (state.kind === 'even') return 'Всё оплачено, платить сейчас не нужно.'
  const how = `Оплатить можно по квитанции в любом банке. Лицевой счёт ${accountNumber}.`
  return overdue ? `${how} Если вы уже платили, оплата появится со следующей квитанцией.` : how
}

function accruedWords({ period, accrued, difference }: Balance): string {
  const head = `За ${formatMonth(period)} начислено ${formatMoney(accrued)}`
  if (difference === undefined) return `${head}.`
  const before = formatMonth(addMonths(period, -1))
  if (difference === 0n) return `${head}, столько же, сколько за ${before}.`
  const amount = formatMoney(kopecks(difference > 0n ? difference : -difference))
  return `${head}, на ${amount} ${difference > 0n ? 'больше' : 'меньше'}, чем за ${before}.`
}
