import { withAccount } from '@/lib/accounts/rules'
import { balance, lastPayment } from '@/lib/ledger/queries'
import { readingsState } from '@/lib/readings/queries'
import type { Subscriber } from '@/lib/session/require'
import { AccountLine, accountOfPage, NoAccount } from './account'
import { BalanceCard } from './balance-card'
import { ReadingsCard } from './readings-card'

/** «Обзор»: how much, by when, which readings are missing; in one glance. */
export async function Overview({
  subscriber,
  account: wanted,
}: {
  subscriber: Subscriber
  account: string | undefined
}) {
  const chosen = await accountOfPage(subscriber, wanted)
  if (!chosen) return <NoAccount title="Обзор" />
  const { account, all } = chosen
  const now = new Date()
  const [state, payment, readings] = await Promise.all([
    balance(subscriber, account.id, now),
    lastPayment(subscriber, account.id),
    readingsState(subscriber, account.id, now),
  ])
  const link = (path: string) => withAccount(path, account.accountNumber, all.length)
  return (
    <div className="grid gap-4">
      <h1 className="sr-only">Обзор</h1>
      <AccountLine chosen={chosen} back="/personal" />
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <BalanceCard
          balance={state}
          payment={payment}
          accountNumber={account.accountNumber}
          statementLink={state ? link(`/personal/ledger/${state.period}`) : link('/personal/ledger')}
        />
        <ReadingsCard readings={readings} link={link('/personal/readings')} />
      </div>
    </div>
  )
}
