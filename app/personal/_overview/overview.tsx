import { withAccount } from '@/lib/accounts/rules'
import { balance } from '@/lib/ledger/balance'
import { currentProvider } from '@/lib/payments/providers'
import { readingsState } from '@/lib/readings/queries'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { AccountLine, accountOfPage, NoAccount } from './account'
import { BalanceCard } from './balance-card'
import { HelpingCard } from './helping-card'
import { AllNotices, NewNotices } from './notices'
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
  const [state, readings, provider, { requisites }] = await Promise.all([
    balance(subscriber, account.id, now),
    readingsState(subscriber, account.id, now),
    currentProvider(),
    currentSettings(),
  ])
  const bill = state?.month && `/personal/ledger/${state.month.period}`
  const link = (path: string) => withAccount(path, account.accountNumber, all.length)
  return (
    <div className="grid gap-4">
      <h1 className="sr-only">Обзор</h1>
      <NewNotices subscriber={subscriber} />
      <AccountLine chosen={chosen} back="/personal" />
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <BalanceCard
          balance={state}
          accountNumber={account.accountNumber}
          statementLink={link(bill ?? '/personal/ledger')}
          pay={provider && link('/personal/payments/new')}
          code={bill && requisites ? link(`${bill}/qr.svg`) : undefined}
        />
        <ReadingsCard readings={readings} link={link('/personal/readings')} />
        <HelpingCard subscriber={subscriber} />
      </div>
      <AllNotices />
    </div>
  )
}
