import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Badge } from '@/app/_ui/box'
import { SearchForm } from '@/app/_ui/search-form'
import { WideTable } from '@/app/_ui/wide-table'
import { findPeople } from '@/lib/access/queries'
import { requireStaff } from '@/lib/session/require'
import { openedSearch } from '@/lib/session/sealed-search'
import { formatInstant } from '@/lib/units/day'
import { cleanLine } from '@/lib/units/text'
import { PeopleNav } from './nav'

export const metadata: Metadata = { title: 'Люди' }

const words = z.string().overwrite(cleanLine).max(100).catch('')

export default async function PeoplePage({ searchParams }: PageProps<'/admin/people'>) {
  const staff = await requireStaff('people.see')
  const q = words.parse(openedSearch((await searchParams).q))
  const people = await findPeople(staff, q)
  return (
    <div className="grid gap-5">
      <h1>Люди</h1>
      <PeopleNav staff={staff} />
      <SearchForm page="/admin/people" label="Логин, фамилия, почта или лицевой счёт" start={q} />
      {people.length === 0 ? (
        <p className="text-soft">Никого не нашлось.</p>
      ) : (
        <PeopleTable people={people} />
      )}
    </div>
  )
}

function PeopleTable({ people }: { people: Awaited<ReturnType<typeof findPeople>> }) {
  return (
    <WideTable label="Найденные люди" heads={['Кто', 'Лицевые счета', 'Почта', 'С нами с', 'Состояние']}>
      {people.map((person) => (
        <tr key={person.id}>
          <td>
            <Link href={`/admin/people/${person.id}`} prefetch={false} className="inline-block py-2">
              {person.name}, {person.login}
            </Link>
          </td>
          <td>{person.accountNumbers.join(', ') || '—'}</td>
          <td>{person.email}</td>
          <td className="whitespace-nowrap">{formatInstant(person.createdAt)}</td>
          <td>
            <PersonState {...person} />
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function PersonState({ blocked, activated }: { blocked: boolean; activated: boolean }) {
  if (blocked) return <Badge tone="bad">заблокирован</Badge>
  return activated ? <Badge tone="good">пользуется</Badge> : <Badge tone="warn">пароль не задан</Badge>
}
