import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { AccountLine, accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { BalanceHead } from '@/app/personal/_overview/balance-card'
import { PayLink } from '@/app/personal/_overview/pay-link'
import { Pending } from '@/app/personal/_overview/pending'
import { type Balance, balance } from '@/lib/ledger/balance'
import { paymentsIn, yearIn, yearsIn } from '@/lib/ledger/history'
import { ownScope, type Scope } from '@/lib/ledger/queries'
import { yearOfAddress } from '@/lib/ledger/schema'
import { byService, monthsOf } from '@/lib/ledger/year'
import { currentProvider } from '@/lib/payments/providers'
import { requireSubscriber } from '@/lib/session/require'
import { moscowDay, partsOfDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { type LinkTo, linksOf } from './links'
import { PaymentsTable } from './payments-table'
import { PeriodsTable } from './periods-table'
import { Take } from './take'
import { YearGraph } from './year-graph'
import { Years } from './years'

export const metadata: Metadata = { title: 'Лицевой счёт' }

export default async function LedgerPage({ searchParams }: PageProps<'/personal/ledger'>) {
  const subscriber = await requireSubscriber()
  const asked = await searchParams
  const chosen = await accountOfPage(subscriber, asked.account)
  if (!chosen) return <NoAccount title="Лицевой счёт" />
  const scope = ownScope(subscriber, chosen.account.id)
  const now = new Date()
  const wanted = yearOfAddress.parse(asked.year)
  const [state, years, provider, likely] = await Promise.all([
    balance(subscriber, chosen.account.id, now),
    yearsIn(scope),
    currentProvider(),
    // The last year billing told of is nearly always this one: it is asked for beside the years, not after them.
    billed(scope, wanted ?? partsOfDay(moscowDay(now)).year),
  ])
  const year = wanted ?? years[0] ?? likely.year
  const { lines, payments } = year === likely.year ? likely : await billed(scope, year)
  const link = linksOf(chosen)
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <h1>Лицевой счёт</h1>
        <AccountLine chosen={chosen} back="/personal/ledger" />
      </div>
      <Standing state={state} link={link} pay={provider && link('/personal/payments/new')} />
      {years.length > 0 ? <Years years={years} year={year} link={link} /> : null}
      {lines.length > 0 ? (
        <>
          <YearGraph table={byService(lines)} year={year} />
          <PeriodsTable rows={monthsOf(lines)} link={link} />
        </>
      ) : years.length > 0 ? (
        <Notice tone="plain" title={`За ${year} год начислений нет`} />
      ) : null}
      <PaymentsTable payments={payments} year={year} />
      {lines.length > 0 ? <Take year={year} link={link} /> : null}
    </div>
  )
}

async function billed(scope: Scope, year: number) {
  const [lines, payments] = await Promise.all([yearIn(scope, year), paymentsIn(scope, year)])
  return { year, lines, payments }
}

function Standing({
  state,
  link,
  pay,
}: {
  state: Balance | undefined
  link: LinkTo
  pay: string | undefined
}) {
  if (!state)
    return (
      <Notice tone="plain" title="Начислений пока нет">
        <p>Месяцы появятся здесь вместе с первой квитанцией.</p>
      </Notice>
    )
  return (
    <Card className="wide:max-w-md">
      <BalanceHead balance={state} />
      <PayLink href={pay} state={state.state} />
      {state.month ? (
        <p className="mt-2 text-soft">
          {`По квитанции за ${formatPeriod(state.month.period)}. `}
          <Link href={link(`/personal/ledger/${state.month.period}`)} prefetch={false}>
            Из чего сложилось
          </Link>
        </p>
      ) : null}
      <Pending payments={state.pending} closing={state.month?.closing} />
    </Card>
  )
}
