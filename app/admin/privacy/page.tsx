import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Notice } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import { privacyQueue, type StaffRequest } from '@/lib/privacy/requests'
import { privacyFilter } from '@/lib/privacy/schema'
import { requireStaff } from '@/lib/session/require'
import { daysBetween, formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { PrivacyNav } from './nav'
import { kindNames, outcomeNames } from './words'

export const metadata: Metadata = { title: 'Персональные данные' }

export default async function PrivacyDesk({ searchParams }: PageProps<'/admin/privacy'>) {
  const staff = await requireStaff('privacy.see')
  const asked = await searchParams
  const { state } = privacyFilter.parse(asked)
  const rows = await privacyQueue(staff, state)
  return (
    <div className="grid gap-5">
      <h1>Персональные данные</h1>
      <PrivacyNav here={state === 'open' ? '/admin/privacy' : '/admin/privacy?state=settled'} />
      {asked.done === 'settled' ? (
        <Notice tone="good" role="status" title="Ответ записан, письмо отправлено" />
      ) : null}
      {rows.length === 0 ? (
        <p className="text-soft">
          {state === 'open' ? 'Просьб, которые ждут ответа, нет.' : 'Отвеченных просьб пока нет.'}
        </p>
      ) : (
        <WideTable label="Просьбы" heads={['Просьба', 'Кто', 'Получена', 'Срок по закону']}>
          {rows.map((row) => (
            <Row key={row.request.id} row={row} />
          ))}
        </WideTable>
      )}
    </div>
  )
}

function Row({ row: { request, person } }: { row: StaffRequest }) {
  const left = daysBetween(moscowDay(new Date()), request.dueOn)
  return (
    <tr>
      <td>
        <Link href={`/admin/privacy/${request.id}`} prefetch={false} className="inline-block py-2">
          {kindNames[request.kind]}
        </Link>
      </td>
      <td>
        <Link href={`/admin/people/${person.id}`} prefetch={false} className="inline-block py-2">
          {person.login}
        </Link>
      </td>
      <td className="whitespace-nowrap">{formatInstant(request.askedAt)}</td>
      <td className="whitespace-nowrap">
        {`до ${formatDay(request.dueOn)} `}
        {request.outcome ? (
          <Badge tone={request.outcome === 'done' ? 'good' : 'plain'}>{outcomeNames[request.outcome]}</Badge>
        ) : (
          <Badge tone={left < 0 ? 'bad' : left <= 2 ? 'warn' : 'water'}>
            {left < 0 ? 'срок прошёл' : `осталось дней: ${left}`}
          </Badge>
        )}
      </td>
    </tr>
  )
}
