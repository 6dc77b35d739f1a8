import type { Metadata } from 'next'
import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import { accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { requireSubscriber } from '@/lib/session/require'
import { linksOf } from '../links'
import { AskForm } from './ask-form'

export const metadata: Metadata = { title: 'Справка об отсутствии задолженности' }

export default async function PapersPage({ searchParams }: PageProps<'/personal/ledger/papers'>) {
  const subscriber = await requireSubscriber()
  const chosen = await accountOfPage(subscriber, (await searchParams).account)
  if (!chosen) return <NoAccount title="Справка об отсутствии задолженности" />
  const { address, accountNumber } = chosen.account
  return (
    <div className="grid max-w-3xl gap-4">
      <div className="grid gap-2">
        <Link
          href={linksOf(chosen)('/personal/ledger')}
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          ← Лицевой счёт
        </Link>
        <h1>Справка об отсутствии задолженности</h1>
        <p className="text-[0.94em] text-soft">
          {address}
          <br />
          {`Счёт ${accountNumber}`}
        </p>
      </div>
      <Card className="grid gap-3">
        <p>
          Справка готова сразу: её можно распечатать или показать с экрана. Ходить к нам не нужно. У справки
          есть номер и код, по ним её проверят на нашем сайте.
        </p>
        <p className="text-soft">
          Дадим её, если нет просроченного долга. Счёт, срок оплаты которого ещё не прошёл, не мешает.
        </p>
        <AskForm account={accountNumber} />
      </Card>
    </div>
  )
}
