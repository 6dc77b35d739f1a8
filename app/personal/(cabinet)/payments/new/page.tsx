import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { NoAccount } from '@/app/personal/_overview/account'
import { limitWords } from '@/app/personal/_payments/how'
import { payableMonths } from '@/lib/payments/allocation'
import { ownEmail, type Payable, payableOf } from '@/lib/payments/payable'
import { currentProvider } from '@/lib/payments/providers'
import { paymentsOf } from '@/lib/payments/queries'
import { paymentFilterSchema } from '@/lib/payments/schema'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatAmount, formatMoney } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'
import type { PayableWords } from './account-fields'
import { PayForm } from './pay-form'

export const metadata: Metadata = { title: 'Оплата' }

export default async function NewPaymentPage({ searchParams }: PageProps<'/personal/payments/new'>) {
  const subscriber = await requireSubscriber()
  const { account } = await searchParams
  const [all, email, settings, provider, open] = await Promise.all([
    payableOf(subscriber, new Date()),
    ownEmail(subscriber),
    currentSettings(),
    currentProvider(),
    paymentsOf(subscriber, paymentFilterSchema.parse({ state: 'pending' })),
  ])
  if (all.length === 0) return <NoAccount title="Оплата" />
  const [unfinished] = open.rows
  // Whoever comes to pay ahead for one account is not made to pay the debts of the others too.
  const wanted =
    all.length === 1 ? all[0] : all.find((one) => one.accountNumber === account && one.owed === 0n)
  return (
    <div className="grid max-w-xl gap-5">
      <h1>Оплата</h1>
      {unfinished ? (
        <Notice
          tone="warn"
          title={`Платёж № ${unfinished.number} на ${formatMoney(unfinished.amount)} не закончен`}
        >
          <p>
            <Link
              href={`/personal/payments/${unfinished.id}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center"
            >
              Посмотреть, что с ним
            </Link>
          </p>
        </Notice>
      ) : null}
      {provider ? (
        <PayForm
          accounts={shownAccounts(all, account).map((one) =>
            inWords(one, wanted ? one === wanted : one.owed > 0n),
          )}
          formKey={randomUUID()}
          email={email}
          limits={limitWords(settings.payments)}
        />
      ) : (
        <Notice tone="plain" title="Оплата в кабинете сейчас не работает">
          <p>Оплатите по коду в квитанции: наведите на него камеру в приложении банка.</p>
        </Notice>
      )}
    </div>
  )
}

/** The accounts that owe and the one asked for; when there is neither, all of them. */
function shownAccounts(all: readonly Payable[], asked: string | string[] | undefined): readonly Payable[] {
  const shown = all.filter(({ owed, accountNumber }) => owed > 0n || accountNumber === asked)
  return shown.length > 0 ? shown : all
}

function inWords({ accountNumber, address, owed, debts }: Payable, ticked: boolean): PayableWords {
  return {
    accountNumber,
    address,
    standing: owed > 0n ? `К оплате ${formatMoney(owed)}` : 'Долга нет',
    amount: owed > 0n ? formatAmount(owed) : '',
    ticked,
    months: payableMonths(debts).map(({ period, due }) => ({
      period,
      amount: formatAmount(due),
      words: `За ${formatPeriod(period)}, ${formatMoney(due)}`,
    })),
    penalties: debts.some(({ penalty }) => penalty > 0n),
  }
}
