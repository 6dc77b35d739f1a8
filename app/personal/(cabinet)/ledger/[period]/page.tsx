import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/box'
import { AccountLine, accountOfPage } from '@/app/personal/_overview/account'
import { withAccount } from '@/lib/accounts/rules'
import { balance, statement } from '@/lib/ledger/queries'
import { periodOfAddress } from '@/lib/ledger/schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatMonth, formatPeriodTitle, type Period } from '@/lib/units/period'
import { ServicesTable } from './services-table'
import { Arithmetic, WhatChanged } from './sums'

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
  const { account, all } = chosen
  const [bill, now] = await Promise.all([
    statement(subscriber, account.id, period.data),
    balance(subscriber, account.id, new Date()),
  ])
  if (!bill) notFound()
  const link = (to: Period) => withAccount(`/personal/ledger/${to}`, account.accountNumber, all.length)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1>{formatPeriodTitle(bill.period)}</h1>
        <Months previous={bill.previous} next={bill.next} link={link} />
      </div>
      <AccountLine chosen={chosen} back="/personal/ledger" />
      {bill.addsUp ? null : (
        <Notice tone="warn" title="В этой квитанции суммы не сходятся">
          <p>
            Показываем её так, как она пришла из расчётной системы. Если ошибка важна для вас, позвоните нам.
          </p>
        </Notice>
      )}
      <div className="grid items-start gap-4 wide:grid-cols-[3fr_2fr]">
        <ServicesTable bill={bill} />
        <div className="grid gap-4">
          <Arithmetic bill={bill} due={now?.period === bill.period ? now : undefined} />
          <WhatChanged bill={bill} />
        </div>
      </div>
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
    <nav aria-label="Месяцы" className="flex gap-5">
      {previous ? (
        <Link href={link(previous)} prefetch={false} className={place}>{`← ${formatMonth(previous)}`}</Link>
      ) : null}
      {next ? (
        <Link href={link(next)} prefetch={false} className={place}>{`${formatMonth(next)} →`}</Link>
      ) : null}
    </nav>
  )
}
