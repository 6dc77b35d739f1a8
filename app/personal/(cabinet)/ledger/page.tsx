import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { AccountLine, accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { BalanceHead } from '@/app/personal/_overview/balance-card'
import { withAccount } from '@/lib/accounts/rules'
import { balance, periods } from '@/lib/ledger/queries'
import { requireSubscriber } from '@/lib/session/require'
import { formatPeriod } from '@/lib/units/period'
import { PeriodsTable } from './periods-table'

export const metadata: Metadata = { title: 'Лицевой счёт' }

export default async function LedgerPage({ searchParams }: PageProps<'/personal/ledger'>) {
  const subscriber = await requireSubscriber()
  const chosen = await accountOfPage(subscriber, (await searchParams).account)
  if (!chosen) return <NoAccount title="Лицевой счёт" />
  const { account, all } = chosen
  const [state, rows] = await Promise.all([
    balance(subscriber, account.id, new Date()),
    periods(subscriber, account.id),
  ])
  const link = (path: string) => withAccount(path, account.accountNumber, all.length)
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <h1>Лицевой счёт</h1>
        <AccountLine chosen={chosen} back="/personal/ledger" />
      </div>
      {state ? (
        <Card className="wide:max-w-md">
          <BalanceHead balance={state} />
          <p className="mt-2 text-soft">
            {`По квитанции за ${formatPeriod(state.period)}. `}
            <Link href={link(`/personal/ledger/${state.period}`)} prefetch={false}>
              Из чего сложилось
            </Link>
          </p>
        </Card>
      ) : (
        <Notice tone="plain" title="Начислений пока нет">
          <p>Месяцы появятся здесь вместе с первой квитанцией.</p>
        </Notice>
      )}
      {rows.length > 0 ? <PeriodsTable rows={rows} link={link} /> : null}
    </div>
  )
}
