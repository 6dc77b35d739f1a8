import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { WideTable } from '@/app/_ui/wide-table'
import { askerName, enquiryQueue } from '@/lib/enquiries/staff'
import type { QueueFilter } from '@/lib/enquiries/staff-schema'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant } from '@/lib/units/day'
import { queueAddress, queueFilterOf } from './address'
import { Filters } from './filters'
import { EnquiriesNav } from './nav'

export const metadata: Metadata = { title: 'Обращения' }

type Rows = Awaited<ReturnType<typeof enquiryQueue>>['rows']

export default async function EnquiriesDesk({ searchParams }: PageProps<'/admin/enquiries'>) {
  const staff = await requireStaff('enquiries.see')
  const filter = queueFilterOf(await searchParams)
  const { total, pages, counts, rows } = await enquiryQueue(staff, filter, new Date())
  return (
    <div className="grid gap-5">
      <h1>Обращения</h1>
      <EnquiriesNav />
      <Filters key={JSON.stringify(filter)} filter={filter} counts={counts} />
      {rows.length === 0 ? (
        <p className="text-soft">{emptyWords(filter)}</p>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-6">
            <p className="text-soft">
              {filter.state === 'open' ? 'По сроку ответа' : 'Последние сверху'}: {total}
            </p>
            <a
              href={queueAddress({ ...filter, page: 1 }, '/admin/enquiries/list.csv')}
              className="inline-flex min-h-11 items-center"
            >
              Скачать список (CSV)
            </a>
          </div>
          <Queue rows={rows} />
          <Pages filter={filter} pages={pages} />
        </>
      )}
    </div>
  )
}

function emptyWords({ state, who, suspected, q }: QueueFilter): string {
  if (who !== 'all' || suspected || q) return 'Таких обращений нет. Измените условия или уберите лишние.'
  if (state === 'open') return 'На всё отвечено. Новых обращений нет.'
  return state === 'answered' ? 'Отвеченных обращений пока нет.' : 'Закрытых обращений пока нет.'
}

function Queue({ rows }: { rows: Rows }) {
  return (
    <WideTable
      label="Обращения"
      heads={['Обращение', 'Лицевой счёт', 'Кто', 'Получено', 'Ответить', 'Исполнитель']}
    >
      {rows.map((row) => (
        <tr key={row.number}>
          <td className="min-w-64">
            <Link href={`/admin/enquiries/${row.number}`} prefetch={false} className="inline-block py-2">
              {`№ ${row.number}. ${row.subject}`}
            </Link>
            {row.suspectedOf ? (
              <>
                {' '}
                <Badge tone="warn">{row.suspectedOf.split(':')[0]}?</Badge>
              </>
            ) : null}
          </td>
          <td>{row.accountNumber ?? '—'}</td>
          <td className="whitespace-nowrap">{askerName(row)}</td>
          <td className="whitespace-nowrap">{formatInstant(row.createdAt)}</td>
          <td className="whitespace-nowrap">
            <Deadline row={row} />
          </td>
          <td>{row.assignee ?? '—'}</td>
        </tr>
      ))}
    </WideTable>
  )
}

function Deadline({ row }: { row: Rows[number] }) {
  if (row.state === 'closed') return <Badge>закрыто</Badge>
  if (row.state === 'answered') return <Badge tone="good">отвечено</Badge>
  return (
    <>
      {`до ${formatDay(row.dueOn, { year: false })} `}
      <Badge tone={row.left.urgency}>
        <span className="sr-only">осталось: </span>
        {row.left.words}
      </Badge>
    </>
  )
}

function Pages({ filter, pages }: { filter: QueueFilter; pages: number }) {
  const { page } = filter
  if (pages === 1) return null
  return (
    <div className="flex flex-wrap items-center gap-4">
      {page > 1 ? (
        <ButtonLink href={queueAddress({ ...filter, page: page - 1 })} look="second">
          Назад
        </ButtonLink>
      ) : null}
      <span className="text-soft">{`Страница ${page} из ${pages}`}</span>
      {page < pages ? (
        <ButtonLink href={queueAddress({ ...filter, page: page + 1 })} look="second">
          Дальше
        </ButtonLink>
      ) : null}
    </div>
  )
}
