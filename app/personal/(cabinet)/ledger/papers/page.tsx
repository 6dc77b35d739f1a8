import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { offeredMonths } from '@/lib/ledger/charges-certificate'
import { searchable } from '@/lib/ledger/history'
import { ownScope } from '@/lib/ledger/queries'
import { certificatesGiven } from '@/lib/papers/queries'
import { certificateTitles } from '@/lib/papers/words'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { linksOf } from '../links'
import { ChargesForm, MetersForm, NoDebtForm } from './ask-form'

export const metadata: Metadata = { title: 'Справки' }

export default async function PapersPage({ searchParams }: PageProps<'/personal/ledger/papers'>) {
  const subscriber = await requireSubscriber()
  const chosen = await accountOfPage(subscriber, (await searchParams).account)
  if (!chosen) return <NoAccount title="Справки" />
  const { id, address, accountNumber } = chosen.account
  const [{ months }, given] = await Promise.all([
    searchable(ownScope(subscriber, id)),
    certificatesGiven(subscriber, id),
  ])
  const offered = offeredMonths(months)
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
        <h1>Справки</h1>
        <p className="text-[0.94em] text-soft">
          {address}
          <br />
          {`Счёт ${accountNumber}`}
        </p>
      </div>
      <p>
        Справка готова сразу: её можно распечатать, сохранить в PDF или показать с экрана. Ходить к нам не
        нужно. У справки есть номер и код, по ним её проверят на нашем сайте.
      </p>
      <Kind title="Об отсутствии задолженности">
        <p>Дадим её, если нет просроченного долга. Счёт, срок оплаты которого ещё не прошёл, не мешает.</p>
        <NoDebtForm account={accountNumber} />
      </Kind>
      <Kind title="О начислениях за период">
        {offered ? (
          <>
            <p>Сколько начислено и оплачено по месяцам и сколько начислено за каждую услугу.</p>
            <ChargesForm account={accountNumber} months={months} {...offered} />
          </>
        ) : (
          <p>По этому счёту начислений ещё не было.</p>
        )}
      </Kind>
      <Kind title="Об учтённых счётчиках">
        <p>Какие счётчики у нас записаны, до какого дня они поверены и что показывали в последний раз.</p>
        <MetersForm account={accountNumber} />
      </Kind>
      {given.length > 0 ? (
        <Kind title="Вы уже получали">
          <ul className="grid">
            {given.map((paper) => (
              <li key={paper.id}>
                <Link
                  href={`/personal/ledger/papers/${paper.id}`}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center"
                >
                  {`${certificateTitles[paper.kind]}, № ${paper.number}, ${formatInstant(paper.issuedAt)}`}
                </Link>
              </li>
            ))}
          </ul>
        </Kind>
      ) : null}
    </div>
  )
}

function Kind({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid gap-3">
      <h2>{title}</h2>
      {children}
    </Card>
  )
}
