import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { AccountLine, accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { searchable, searchIn } from '@/lib/ledger/history'
import { ownScope } from '@/lib/ledger/queries'
import { ledgerSearch } from '@/lib/ledger/schema'
import { requireSubscriber } from '@/lib/session/require'
import { linksOf } from '../links'
import { Results } from './results'
import { SearchForm } from './search-form'

export const metadata: Metadata = { title: 'Найти в начислениях' }

export default async function LedgerSearchPage({ searchParams }: PageProps<'/personal/ledger/search'>) {
  const subscriber = await requireSubscriber()
  const query = await searchParams
  const chosen = await accountOfPage(subscriber, query.account)
  if (!chosen) return <NoAccount title="Найти в начислениях" />
  const { account, all } = chosen
  const asked = ledgerSearch.parse(query)
  const isAsked = asked.service || asked.from || asked.to || asked.only.length > 0 || asked.q !== ''
  const scope = ownScope(subscriber, account.id)
  const [choices, found] = await Promise.all([
    searchable(scope),
    isAsked ? searchIn(scope, asked) : undefined,
  ])
  const link = linksOf(chosen)
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Link
          href={link('/personal/ledger')}
          prefetch={false}
          className="inline-flex min-h-11 items-center print:hidden"
        >
          ← Лицевой счёт
        </Link>
        <h1>Найти в начислениях</h1>
        <AccountLine chosen={chosen} back="/personal/ledger" />
      </div>
      <SearchForm
        asked={asked}
        choices={choices}
        accountNumber={all.length > 1 ? account.accountNumber : undefined}
      />
      {found === undefined ? null : found.length === 0 ? (
        <Notice tone="plain" title="Ничего не нашлось">
          <p>Попробуйте другие месяцы или уберите часть условий.</p>
        </Notice>
      ) : (
        <Results rows={found} link={link} />
      )}
    </div>
  )
}
