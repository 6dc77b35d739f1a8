import type { Metadata } from 'next'
import { Badge, Notice } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import { undelivered } from '@/lib/notices/undelivered'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { NoticesNav } from '../nav'
import { AgainForm } from './again-form'
import { errorWords, kindWords } from './words'

export const metadata: Metadata = { title: 'Не доставлено' }

export default async function UndeliveredPage({ searchParams }: PageProps<'/admin/notices/undelivered'>) {
  const staff = await requireStaff('notices.see')
  const rows = await undelivered(staff, new Date())
  const mayAct = may(staff.roles, 'notices.publish')
  return (
    <div className="grid gap-5">
      <h1>Письма и SMS, которые не ушли</h1>
      <NoticesNav />
      {(await searchParams).done === 'again' ? (
        <Notice tone="good" role="status" title="Отправляем ещё раз. Обновите страницу через минуту." />
      ) : null}
      <p className="max-w-3xl text-soft">
        Здесь всё за 30 дней, что не удалось отправить или чего никто не взял за час. Что ещё ждёт,
        отправляется само, с растущими паузами около трёх дней.
      </p>
      {rows.length === 0 ? (
        <p>Всё ушло.</p>
      ) : (
        <WideTable label="Не доставлено" heads={['Что', 'Кому', 'Создано', 'Попыток', 'Почему', 'Действие']}>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {row.kind === 'text' ? 'SMS' : 'Письмо'}: {kindWords(row.what)}
              </td>
              <td>{row.to}</td>
              <td className="whitespace-nowrap">{formatInstant(row.createdAt)}</td>
              <td>{row.attempts}</td>
              <td className="min-w-60">
                <Why error={row.error} />
              </td>
              <td>{mayAct && row.again ? <AgainForm kind={row.kind} id={row.id} to={row.to} /> : null}</td>
            </tr>
          ))}
        </WideTable>
      )}
    </div>
  )
}

function Why({ error }: { error: string | null }) {
  const { tone, state, words } = errorWords(error)
  return (
    <>
      <Badge tone={tone}>{state}</Badge> {words}
    </>
  )
}
