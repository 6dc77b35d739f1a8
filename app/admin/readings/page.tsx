import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { Badge, Notice } from '@/app/_ui/box'
import { SearchForm } from '@/app/_ui/search-form'
import { WideTable } from '@/app/_ui/wide-table'
import { type FoundAccount, findAccounts, MOST_FOUND } from '@/lib/accounts/search'
import { requireStaff } from '@/lib/session/require'
import { openedSearch } from '@/lib/session/sealed-search'
import { cleanLine, digitsIn } from '@/lib/units/text'
import { Entry } from './entry'
import { ReadingsNav } from './nav'
import { Recorded } from './recorded'

export const metadata: Metadata = { title: 'Показания' }

const line = z.string().overwrite(cleanLine).max(200).catch('')
const asked = z.object({ q: line, account: line, slip: line, removed: line })

/** Readings for people who phone: the search, the meters of the account found, the number of the slip, the search again. */
export default async function ReadingsPage({ searchParams }: PageProps<'/admin/readings'>) {
  const staff = await requireStaff('readings.see')
  const query = await searchParams
  const { q, account, slip, removed } = asked.parse({ ...query, q: openedSearch(query.q) })
  const found = q ? await findAccounts(staff, q) : undefined
  const only = found && onlyOne(found, q)
  if (only) redirect(entryHref(only.accountNumber))
  return (
    <div className="grid gap-5">
      <h1>Показания</h1>
      <ReadingsNav />
      {slip ? <Recorded staff={staff} slip={slip} /> : null}
      <SearchForm
        key={slip || q}
        page="/admin/readings"
        label="Кто звонит: лицевой счёт, фамилия или адрес"
        hint="Например: «0104523», «Королёва Анна», «3 мкр 7 41». Enter — найти"
        start={q}
        autoFocus={!account && !found?.length}
      />
      {found ? <Results found={found} /> : null}
      {account ? <Entry staff={staff} accountNumber={account} withRemoved={removed === '1'} /> : null}
    </div>
  )
}

function onlyOne(found: readonly FoundAccount[], q: string): FoundAccount | undefined {
  return found.length === 1 ? found[0] : found.find(({ accountNumber }) => accountNumber === digitsIn(q))
}

function entryHref(accountNumber: string): string {
  return `/admin/readings?account=${encodeURIComponent(accountNumber)}`
}

function Results({ found }: { found: FoundAccount[] }) {
  if (found.length === 0)
    return (
      <Notice role="status" title="Ничего не нашлось">
        <p>Проверьте написание или наберите меньше: только фамилию, только дом и квартиру.</p>
      </Notice>
    )
  return (
    <div className="grid gap-3">
      <WideTable label="Найденные счета" heads={['Счёт', 'Адрес', 'Владелец', 'Состояние']}>
        {found.map(({ accountNumber, address, holderName, closed }, place) => (
          <tr key={accountNumber}>
            <td>
              <Link
                href={entryHref(accountNumber)}
                prefetch={false}
                autoFocus={place === 0}
                className="inline-block py-2"
              >
                {accountNumber}
              </Link>
            </td>
            <td>{address}</td>
            <td>{holderName}</td>
            <td>{closed ? <Badge>закрыт</Badge> : <Badge tone="good">открыт</Badge>}</td>
          </tr>
        ))}
      </WideTable>
      {found.length === MOST_FOUND ? (
        <p className="text-soft">Показаны первые {MOST_FOUND}. Добавьте имя, дом или квартиру.</p>
      ) : null}
    </div>
  )
}
