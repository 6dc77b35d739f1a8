import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Badge } from '@/app/_ui/box'
import { accountForStaff, holdersOf } from '@/lib/accounts/staff'
import { balanceOf } from '@/lib/ledger/balance'
import { billedMonths } from '@/lib/ledger/bill'
import { metersOf } from '@/lib/readings/staff'
import { isOpen } from '@/lib/requests/rules'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { numberOf } from './number'
import { About, BalanceCard, Holders, Meters, Months } from './parts'

export const metadata: Metadata = { title: 'Лицевой счёт' }

const MONTHS = 12

export default async function AccountPage({ params }: PageProps<'/admin/accounts/[number]'>) {
  const staff = await requireStaff()
  const account = await accountForStaff(staff, numberOf((await params).number))
  if (!account) notFound()
  const now = new Date()
  const [balance, months, meters, holders] = await Promise.all([
    balanceOf(staff, account.id, now),
    billedMonths(staff, account.id, MONTHS),
    metersOf(staff, account.id),
    holdersOf(staff, account.id),
  ])
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{`Счёт ${account.accountNumber}`}</h1>
        {isOpen(account, moscowDay(now)) ? <Badge tone="good">открыт</Badge> : <Badge>закрыт</Badge>}
        <Link href="/admin/accounts" prefetch={false} className="ml-auto inline-block py-2">
          К поиску счетов
        </Link>
      </div>
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <About account={account} />
        <div className="grid gap-5">
          <BalanceCard balance={balance} />
          <Holders holders={holders} />
        </div>
      </div>
      <Months accountNumber={account.accountNumber} months={months} />
      <Meters meters={meters} />
    </div>
  )
}
