import type { Metadata } from 'next'
import { waitingCount } from '@/lib/requests/queries'
import { requireStaff } from '@/lib/session/require'
import { plural } from '@/lib/units/text'
import { filterOf } from './_desk/address'
import { Desk } from './_desk/desk'

export const metadata: Metadata = { title: 'Заявки' }

export default async function RequestsPage({ searchParams }: PageProps<'/admin/requests'>) {
  const staff = await requireStaff('requests.see')
  const filter = filterOf(await searchParams)
  const waiting = await waitingCount(staff)
  return (
    <Desk staff={staff} filter={filter} now={new Date()}>
      <p className="rounded-card border border-line bg-card p-8 text-center text-soft">
        {waiting === 0
          ? 'Ответа никто не ждёт.'
          : `${plural(waiting, ['заявка ждёт', 'заявки ждут', 'заявок ждут'])} ответа. Выберите первую в списке.`}
      </p>
    </Desk>
  )
}
