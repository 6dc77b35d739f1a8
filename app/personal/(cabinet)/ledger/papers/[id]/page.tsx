import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Card } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import { paperFor } from '@/lib/papers/queries'
import { spacedCode } from '@/lib/papers/rules'
import type { NoDebt } from '@/lib/papers/schema'
import { requireSubscriber } from '@/lib/session/require'
import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriod, period } from '@/lib/units/period'

export const metadata: Metadata = { title: 'Справка об отсутствии задолженности' }

export default async function NoDebtPage({ params }: PageProps<'/personal/ledger/papers/[id]'>) {
  const subscriber = await requireSubscriber()
  const paper = await paperFor(subscriber, (await params).id)
  if (paper?.kind !== 'no-debt') notFound()
  const { number, code, issuedAt, body } = paper
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Справка об отсутствии задолженности</h1>
      <Card className="grid gap-3">
        <p className="text-soft">{body.company}</p>
        <p>
          <strong className="tabular-nums">{`№ ${number}, код ${spacedCode(code)}`}</strong>
          {`, выдана ${formatInstant(issuedAt)}`}
        </p>
        <p>{`Лицевой счёт ${body.accountNumber}, ${body.address}. Владелец счёта: ${body.holderName}.`}</p>
        <p className="font-semibold">
          {`На ${formatDay(day(body.on))} просроченной задолженности по оплате жилищно-коммунальных услуг нет.`}
        </p>
        {body.due ? <p>{dueWords(body.due)}</p> : null}
      </Card>
      <p className="text-soft">
        Проверить справку может любой: на нашем сайте, в разделе «Проверить документ», по номеру и коду.
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 print:hidden">
        <PrintButton />
        <Link href="/personal/ledger" prefetch={false} className="inline-flex min-h-11 items-center">
          Лицевой счёт
        </Link>
      </div>
    </div>
  )
}

function dueWords({ amount, period: month, until }: NonNullable<NoDebt['due']>): string {
  const sum = formatMoney(kopecks(BigInt(amount)))
  return `К оплате по квитанции за ${formatPeriod(period(month))}: ${sum}, срок — до ${formatDay(day(until))}.`
}
