import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { AccountLine, accountOfPage } from '@/app/personal/_overview/account'
import { balance } from '@/lib/ledger/balance'
import { statement } from '@/lib/ledger/queries'
import { periodOfAddress } from '@/lib/ledger/schema'
import { currentProvider } from '@/lib/payments/providers'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatMonth, formatPeriodTitle, type Period } from '@/lib/units/period'
import { linksOf } from '../links'
import { Doubts } from './doubts'
import { ServicesTable } from './services-table'
import { Arithmetic } from './sums'
import { WhatChanged } from './what-changed'

type Props = PageProps<'/personal/ledger/[period]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const period = periodOfAddress.safeParse((await params).period)
  return { title: period.success ? formatPeriodTitle(period.data) : 'Нет такого месяца' }
}

export default async function StatementPage({ params, searchParams }: Props) {
  const subscriber = await requireSubscriber()
  const period = periodOfAddress.safeParse((await params).period)
  const chosen = await accountOfPage(subscriber, (await searchParams).account)
  if (!period.success || !chosen) notFound()
  const [bill, now, { penaltyRates }, provider] = await Promise.all([
    statement(subscriber, chosen.account.id, period.data),
    balance(subscriber, chosen.account.id, new Date()),
    currentSettings(),
    currentProvider(),
  ])
  if (!bill) notFound()
  const link = linksOf(chosen)
  const month = (to: Period) => link(`/personal/ledger/${to}`)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1>{formatPeriodTitle(bill.period)}</h1>
        <Months previous={bill.previous} next={bill.next} link={month} />
      </div>
      <AccountLine chosen={chosen} back="/personal/ledger" />
      <Doubts bill={bill} />
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <WhatChanged bill={bill} />
        <Arithmetic
          bill={bill}
          balance={now?.month?.period === bill.period ? now : undefined}
          pay={provider && link('/personal/payments/new')}
          pdf={link(`/personal/ledger/${bill.period}/bill.pdf`)}
        />
      </div>
      <ServicesTable bill={bill} rates={penaltyRates} link={link} />
    </div>
  )
}

function Months({
  previous,
  next,
  link,
}: {
  previous: Period | undefined
  next: Period | undefined
  link: (to: Period) => string
}) {
  const place = 'inline-flex min-h-11 items-center'
  return (
    <nav aria-label="Месяцы" className="flex gap-5 print:hidden">
      {previous ? (
        <Link href={link(previous)} prefetch={false} className={place}>{`← ${formatMonth(previous)}`}</Link>
      ) : null}
      {next ? (
        <Link href={link(next)} prefetch={false} className={place}>{`${formatMonth(next)} →`}</Link>
      ) : null}
    </nav>
  )
}
