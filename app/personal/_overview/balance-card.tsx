import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { Balance, LastMonth } from '@/lib/ledger/balance'
import { formatDay } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { addMonths, formatMonth, formatPeriod } from '@/lib/units/period'
import { PayLink } from './pay-link'
import { Pending } from './pending'

/** The amount owed or overpaid, by when, what to do about it, and what was paid since. */
export function BalanceCard({
  balance,
  accountNumber,
  statementLink,
  pay,
  code,
}: {
  balance: Balance | undefined
  accountNumber: string
  statementLink: string
  /** Where to pay; undefined while no money is taken here. */
  pay: string | undefined
  /** Picture of the bill's payment code; undefined when it has none. */
  code: string | undefined
}) {
  if (!balance)
    return (
      <Card className="grid gap-2">
        <h2>Начислений пока нет</h2>
        <p className="text-soft">Сумма появится здесь вместе с первой квитанцией.</p>
      </Card>
    )
  const { month, pending } = balance
  return (
    <Card>
      <BalanceHead balance={balance} />
      <PayLink href={pay} state={balance.state} />
      <p className="mt-3">{whatToDo(balance, accountNumber, pay !== undefined)}</p>
      {month ? <p className="mt-2 text-soft">{accruedWords(month)}</p> : null}
      <p className="mt-1">
        <Link href={statementLink} prefetch={false} className="inline-flex min-h-11 items-center">
          Из чего сложилось
        </Link>
      </p>
      {code && balance.state.kind === 'owed' ? <PayByCode code={code} /> : null}
      <Pending payments={pending} closing={month?.closing} />
      {month?.paid && pending.length === 0 ? (
        <p className="mt-2 flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 text-soft">
          <span>{`Последняя оплата, ${formatPeriod(month.paid.period)}`}</span>
          <span className="whitespace-nowrap tabular-nums text-ink">{formatMoney(month.paid.amount)}</span>
        </p>
      ) : null}
    </Card>
  )
}

/** The code is asked for when it is opened. */
function PayByCode({ code }: { code: string }) {
  return (
    <details className="print:hidden">
      <summary className="flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        Оплатить по QR
      </summary>
      <p className="text-[0.94em] text-soft">
        Наведите на код камеру в приложении банка: счёт и сумма подставятся сами.
      </p>
      <img
        src={code}
        alt="Платёжный код квитанции"
        loading="lazy"
        width={260}
        height={260}
        className="my-2 rounded-control"
      />
    </details>
  )
}

/** «К оплате», by when, and the amount in large figures; never a negative one. */
export function BalanceHead({ balance: { state, month } }: { balance: Balance }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2>{state.words}</h2>
        {month && state.kind === 'owed' ? (
          <p className={month.overdue ? 'font-medium text-bad' : 'text-soft'}>
            {`${month.overdue ? 'срок прошёл' : 'до'} ${formatDay(month.dueOn, { year: false })}`}
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

function whatToDo({ state, month }: Balance, accountNumber: string, here: boolean): string {
  if (state.kind === 'overpaid') return 'Платить сейчас не нужно: эта сумма зачтётся в следующих месяцах.'
  if (state.kind === 'even') return 'Всё оплачено, платить сейчас не нужно.'
  const how = `Оплатить можно ${here ? 'здесь или ' : ''}по квитанции в любом банке. Лицевой счёт ${accountNumber}.`
  return month?.overdue ? `${how} Если вы уже платили, оплата появится со следующей квитанцией.` : how
}

function accruedWords({ period, accrued, difference }: LastMonth): string {
  const head = `За ${formatMonth(period)} начислено ${formatMoney(accrued)}`
  if (difference === undefined) return `${head}.`
  const before = formatMonth(addMonths(period, -1))
  if (difference === 0n) return `${head}, столько же, сколько за ${before}.`
  const amount = formatMoney(kopecks(difference > 0n ? difference : -difference))
  return `${head}, на ${amount} ${difference > 0n ? 'больше' : 'меньше'}, чем за ${before}.`
}
