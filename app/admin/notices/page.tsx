import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Badge } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { WideTable } from '@/app/_ui/wide-table'
import { audienceWords, kindNames, whenWords } from '@/lib/notices/rules'
import { noticesForStaff } from '@/lib/notices/staff'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { NoticesNav } from './nav'

export const metadata: Metadata = { title: 'Объявления' }

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1)

export default async function NoticesDesk({ searchParams }: PageProps<'/admin/notices'>) {
  const staff = await requireStaff('notices.see')
  const page = pageNumber.parse((await searchParams).page)
  const { rows, next } = await noticesForStaff(staff, page)
  return (
    <div className="grid gap-5">
      <h1>Объявления</h1>
      <NoticesNav />
      {may(staff.roles, 'notices.publish') ? (
        <div>
          <ButtonLink href="/admin/notices/new">Новое объявление</ButtonLink>
        </div>
      ) : null}
      {rows.length === 0 ? (
        <p className="text-soft">Объявлений пока нет.</p>
      ) : (
        <WideTable
          label="Объявления"
          heads={['Объявление', 'О чём', 'Для кого', 'Когда', 'Показывать до', 'Состояние']}
        >
          {rows.map((row) => (
            <tr key={row.number}>
              <td className="min-w-64">
                <Link href={`/admin/notices/${row.number}`} prefetch={false} className="inline-block py-2">
                  {`№ ${row.number}. ${row.title}`}
                </Link>
              </td>
              <td className="whitespace-nowrap">{kindNames[row.kind]}</td>
              <td className="min-w-48">{audienceWords(row.audience, row.place, row.service)}</td>
              <td className="min-w-48">{whenWords(row) || '—'}</td>
              <td className="whitespace-nowrap">{formatInstant(row.shownUntil)}</td>
              <td>
                <StateBadge withdrawnAt={row.withdrawnAt} shownUntil={row.shownUntil} now={new Date()} />
              </td>
            </tr>
          ))}
        </WideTable>
      )}
      {next ? (
        <div>
          <ButtonLink href={`/admin/notices?page=${page + 1}`} look="second">
            Раньше
          </ButtonLink>
        </div>
      ) : null}
    </div>
  )
}

function StateBadge({
  withdrawnAt,
  shownUntil,
  now,
}: {
  withdrawnAt: Date | null
  shownUntil: Date
  now: Date
}) {
  if (withdrawnAt) return <Badge tone="bad">отменено</Badge>
  return shownUntil > now ? <Badge tone="good">показывается</Badge> : <Badge>закончилось</Badge>
}
