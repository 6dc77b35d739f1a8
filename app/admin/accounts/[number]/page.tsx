import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Badge, Notice } from '@/app/_ui/box'
import { HelpersCard } from '@/app/admin/_helpers/helpers-card'
import { EndingsCard } from '@/app/admin/_holders/endings'
import { accountForStaff, holdersOf } from '@/lib/accounts/staff'
import { helpersForStaff } from '@/lib/helper-access/staff'
import { balanceOf } from '@/lib/ledger/balance'
import { billedMonths } from '@/lib/ledger/bill'
import { metersOf } from '@/lib/readings/staff'
import { isOpen } from '@/lib/requests/rules'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { Meters } from './meters'
import { numberOf } from './number'
import { OwnerLink } from './owner-link'
import { About, BalanceCard, Holders, Months } from './parts'

export const metadata: Metadata = { title: 'Лицевой счёт' }

const MONTHS = 12

export default async function AccountPage({ params, searchParams }: PageProps<'/admin/accounts/[number]'>) {
  const staff = await requireStaff('accounts.see')
  const account = await accountForStaff(staff, numberOf((await params).number))
  if (!account) notFound()
  const now = new Date()
  const [balance, months, meters, holders, helpers] = await Promise.all([
    balanceOf(staff, account.id, now),
    billedMonths(staff, account.id, MONTHS),
    metersOf(staff, account.id),
    holdersOf(staff, account.id),
    helpersForStaff(staff, { accountId: account.id }, now),
  ])
  const ended = (await searchParams).done === 'helper'
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{`Счёт ${account.accountNumber}`}</h1>
        {isOpen(account, moscowDay(now)) ? <Badge tone="good">открыт</Badge> : <Badge>закрыт</Badge>}
        <Link href="/admin/accounts" prefetch={false} className="ml-auto inline-block py-2">
          К поиску счетов
        </Link>
      </div>
      {ended ? <Notice tone="good" role="status" title="Помощь прекращена. Запись есть в журнале." /> : null}
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <About account={account} />
        <div className="grid gap-5">
          <BalanceCard balance={balance} />
          <Holders holders={holders} />
          <OwnerLink staff={staff} accountNumber={account.accountNumber} />
          <EndingsCard
            staff={staff}
            of={{ accountId: account.id }}
            open={holders.map(({ userId, login }) => ({
              ...{ accountNumber: account.accountNumber, userId },
              words: login,
            }))}
          />
          <HelpersCard
            helpers={helpers}
            back={`/admin/accounts/${encodeURIComponent(account.accountNumber)}`}
          />
        </div>
      </div>
      <Months accountNumber={account.accountNumber} months={months} />
      <Meters accountNumber={account.accountNumber} meters={meters} />
    </div>
  )
}
