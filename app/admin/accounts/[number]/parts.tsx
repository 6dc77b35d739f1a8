import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge, Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import type { AccountHolder, accountForStaff } from '@/lib/accounts/staff'
import type { Balance } from '@/lib/ledger/balance'
import type { PeriodRow } from '@/lib/ledger/queries'
import { formatDay, moscowDay } from '@/lib/units/day'
import { formatAmount, formatMoney } from '@/lib/units/money'
import { formatPeriod, formatPeriodTitle } from '@/lib/units/period'
import { formatPhone } from '@/lib/units/phone'
import { formatQuantity } from '@/lib/units/quantity'

type Account = NonNullable<Awaited<ReturnType<typeof accountForStaff>>>

/** What billing knows of the dwelling and who answers for it. */
export function About({ account }: { account: Account }) {
  return (
    <Card>
      <h2 className="mb-2">Сведения из биллинга</h2>
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <Fact name="Владелец">{account.holderName}</Fact>
        <Fact name="Адрес">{account.address}</Fact>
        <Fact name="Телефон">{account.phone ? formatPhone(account.phone) : '—'}</Fact>
        <Fact name="Площадь">{account.area === null ? '—' : `${formatQuantity(account.area)} м²`}</Fact>
        <Fact name="Проживает">{account.residents ?? '—'}</Fact>
        {account.unifiedAccount ? <Fact name="ЕЛС">{account.unifiedAccount}</Fact> : null}
        <Fact name="Открыт">{account.openedOn ? formatDay(account.openedOn) : '—'}</Fact>
        {account.closedOn ? <Fact name="Закрыт">{formatDay(account.closedOn)}</Fact> : null}
      </dl>
      <p className="mt-3 flex flex-wrap gap-x-6">
        <May permission="payments.see">
          <Link
            href={`/admin/payments?q=${encodeURIComponent(account.accountNumber)}`}
            prefetch={false}
            className="inline-block py-2"
          >
            Платежи в кабинете
          </Link>
        </May>
        <May permission="audit.see">
          <Link
            href={`/admin/audit?subject=${encodeURIComponent(account.accountNumber)}`}
            prefetch={false}
            className="inline-block py-2"
          >
            Записи в журнале
          </Link>
        </May>
      </p>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What is owed now, as the resident sees it. */
export function BalanceCard({ balance }: { balance: Balance | undefined }) {
  if (!balance)
    return (
      <Card>
        <h2 className="mb-2">Баланс</h2>
        <p className="text-soft">Начислений ещё не было.</p>
      </Card>
    )
  const { state, month, pending } = balance
  return (
    <Card>
      <h2 className="mb-2">{state.words}</h2>
      <p className="flex flex-wrap items-center gap-3">
        <b className="text-[1.5rem] font-semibold">{formatMoney(state.amount)}</b>
        {month?.overdue ? <Badge tone="bad">просрочено</Badge> : null}
      </p>
      {month ? (
        <p className="mt-2 text-soft">
          По квитанции за {formatPeriod(month.period)}
          {state.kind === 'owed' ? `, оплатить до ${formatDay(month.dueOn)}` : ''}
        </p>
      ) : null}
      {pending.length > 0 ? (
        <>
          <h3 className="mt-3">Оплачено и ещё не в биллинге</h3>
          <ul>
            {pending.map(({ id, day, amount, place }) => (
              <li key={id}>
                {[formatDay(day), place, amount < 0n ? 'возврат' : ''].filter(Boolean).join(', ')}:{' '}
                {formatMoney(amount)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  )
}

/** Who sees the account in the cabinet, and how their bills come. */
export function Holders({ holders }: { holders: AccountHolder[] }) {
  return (
    <Card>
      <h2 className="mb-2">Кто видит счёт в кабинете</h2>
      {holders.length === 0 ? <p className="text-soft">Никто.</p> : null}
      <ul className="grid gap-2">
        {holders.map(({ userId, login, name, grantedAt, paperlessSince }) => (
          <li key={userId}>
            <May permission="people.see" otherwise={`${name}, ${login}`}>
              <Link href={`/admin/people/${userId}`} prefetch={false} className="inline-block py-1">
                {name}, {login}
              </Link>
            </May>
            , с {formatDay(moscowDay(grantedAt))}
            <span className="block text-soft">
              {paperlessSince
                ? `Квитанция на почту с ${formatDay(moscowDay(paperlessSince))}`
                : 'Квитанция на бумаге'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The latest months with their bills. */
export function Months({ accountNumber, months }: { accountNumber: string; months: PeriodRow[] }) {
  if (months.length === 0) return null
  return (
    <div className="grid gap-2">
      <h2>Последние месяцы</h2>
      <WideTable
        label="Последние месяцы, рублей"
        heads={['Месяц', 'На начало', 'Начислено', 'Оплачено', 'На конец', 'Квитанция']}
        figuresFrom={1}
      >
        {months.map(({ period, opening, accrued, paid, closing, addsUp }) => (
          <tr key={period}>
            <th scope="row" className="px-4 py-2 font-medium whitespace-nowrap">
              {formatPeriodTitle(period)} {addsUp ? null : <Badge tone="warn">не сходится</Badge>}
            </th>
            {Object.entries({ opening, accrued, paid, closing }).map(([name, amount]) => (
              <td key={name} className="text-right whitespace-nowrap tabular-nums">
                {formatAmount(amount)}
              </td>
            ))}
            <td className="text-right">
              <a
                href={`/admin/accounts/${encodeURIComponent(accountNumber)}/bill/${period}`}
                aria-label={`Квитанция за ${formatPeriod(period)}, PDF`}
                className="inline-block py-1"
              >
                PDF
              </a>
            </td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}
