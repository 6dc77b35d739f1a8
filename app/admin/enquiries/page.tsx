import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import { enquiryQueue } from '@/lib/enquiries/queries'
import { queueSchema } from '@/lib/enquiries/schema'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant } from '@/lib/units/day'

export const metadata: Metadata = { title: 'Обращения' }

const states = [
  { state: 'open', name: 'Ждут ответа', href: '/admin/enquiries' },
  { state: 'answered', name: 'Отвечены', href: '/admin/enquiries?state=answered' },
] as const

export default async function EnquiriesDesk({ searchParams }: PageProps<'/admin/enquiries'>) {
  const staff = await requireStaff('enquiries.see')
  const { state } = queueSchema.parse(await searchParams)
  const { total, rows } = await enquiryQueue(staff, { state }, new Date())
  return (
    <div className="grid gap-5">
      <h1>Обращения</h1>
      <nav aria-label="Состояние обращений" className="flex flex-wrap gap-x-5">
        {states.map((one) => (
          <Link
            key={one.state}
            href={one.href}
            prefetch={false}
            aria-current={one.state === state ? 'page' : undefined}
            className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
          >
            {one.name}
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <p className="text-soft">
          {state === 'open' ? 'На всё отвечено. Новых обращений нет.' : 'Отвеченных обращений пока нет.'}
        </p>
      ) : (
        <>
          <p className="text-soft">
            {state === 'open' ? 'По сроку ответа' : 'Последние ответы'}: {total}
            {total > rows.length ? `, показаны ${rows.length}` : ''}
          </p>
          <Queue rows={rows} />
        </>
      )}
    </div>
  )
}

function Queue({ rows }: { rows: Awaited<ReturnType<typeof enquiryQueue>>['rows'] }) {
  return (
    <WideTable label="Обращения" heads={['Обращение', 'Лицевой счёт', 'Кто', 'Получено', 'Ответить']}>
      {rows.map((row) => (
        <tr key={row.number}>
          <td className="min-w-64">
            <Link href={`/admin/enquiries/${row.number}`} prefetch={false} className="inline-block py-2">
              {`№ ${row.number}. ${row.subject}`}
            </Link>
          </td>
          <td>{row.accountNumber}</td>
          <td className="whitespace-nowrap">{`${row.lastName} ${row.firstName.slice(0, 1)}.`}</td>
          <td className="whitespace-nowrap">{formatInstant(row.createdAt)}</td>
          <td className="whitespace-nowrap">
            {row.state === 'open' ? (
              <>
                {`до ${formatDay(row.dueOn, { year: false })} `}
                <Badge tone={row.left.urgency}>
                  <span className="sr-only">осталось: </span>
                  {row.left.words}
                </Badge>
              </>
            ) : (
              <Badge tone="good">отвечено</Badge>
            )}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}
