import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge } from '@/app/_ui/box'
import { Button, ButtonLink } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { WideTable } from '@/app/_ui/wide-table'
import { type Acceptance, acceptanceFilter, acceptances } from '@/lib/acceptance/staff'
import { documentNames } from '@/lib/documents/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { plural } from '@/lib/units/text'
import { findVersion } from './find'

export const metadata: Metadata = { title: 'Кто принял' }

/** Who accepted a version of a document. */
export default async function AcceptancesPage({
  params,
  searchParams,
}: PageProps<'/admin/documents/[kind]/[version]'>) {
  const staff = await requireStaff('documents.see')
  const of = await findVersion(await params)
  const filter = acceptanceFilter.parse(await searchParams)
  const { rows, found, pages } = await acceptances(staff, of, filter)
  const address = `/admin/documents/${of.kind}/${of.version}`
  return (
    <div className="grid gap-5">
      <p>
        <Link href="/admin/documents" prefetch={false} className="inline-block py-2">
          Все документы
        </Link>
      </p>
      <h1>{`Кто принял: ${documentNames[of.kind]}, версия ${of.version}`}</h1>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <form className="flex flex-wrap items-end gap-3">
          <TextField name="q" label="Логин" type="search" defaultValue={filter.q} autoCapitalize="none" />
          <Button look="second">Найти</Button>
        </form>
        <form method="post" action={`${address}/export`}>
          <Button look="second">Скачать CSV</Button>
        </form>
      </div>
      <p className="text-soft">
        {filter.q ? 'Нашлось' : 'Всего'}: {plural(found, ['запись', 'записи', 'записей'])}
      </p>
      {rows.length > 0 ? <Rows rows={rows} /> : null}
      <Pages {...{ address, pages }} {...filter} />
    </div>
  )
}

function Rows({ rows }: { rows: Acceptance[] }) {
  return (
    <WideTable label="Кто принял" heads={['Логин', 'Имя', 'Версия', 'Когда', 'Откуда']}>
      {rows.map((one) => (
        <tr key={`${one.userId} ${one.at.getTime()}`}>
          <td>
            <Link href={`/admin/people/${one.userId}`} prefetch={false} className="inline-block py-2">
              {one.login}
            </Link>
          </td>
          <td>{one.name}</td>
          <td>
            {one.version} {one.withdrawn ? <Badge tone="warn">отозвано</Badge> : null}
          </td>
          <td className="whitespace-nowrap">{formatInstant(one.at)}</td>
          <td>{one.address || '—'}</td>
        </tr>
      ))}
    </WideTable>
  )
}

function Pages({ address, pages, page, q }: { address: string; pages: number; page: number; q: string }) {
  if (pages < 2) return null
  const to = (other: number) =>
    `${address}?${new URLSearchParams({ ...(q ? { q } : {}), page: String(other) })}`
  return (
    <nav aria-label="Страницы" className="flex flex-wrap items-center gap-3">
      {page > 1 ? (
        <ButtonLink href={to(page - 1)} look="second">
          Назад
        </ButtonLink>
      ) : null}
      <span className="text-soft">{`Страница ${page} из ${pages}`}</span>
      {page < pages ? (
        <ButtonLink href={to(page + 1)} look="second">
          Дальше
        </ButtonLink>
      ) : null}
    </nav>
  )
}
