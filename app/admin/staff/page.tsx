import type { Metadata } from 'next'
import Link from 'next/link'
import { ButtonLink } from '@/app/_ui/button'
import { WideTable } from '@/app/_ui/wide-table'
import { staffList } from '@/lib/access/staff-queries'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { StaffBadge, secondStepWords } from './state-badge'
import { rolesInWords } from './words'

export const metadata: Metadata = { title: 'Сотрудники' }

const heads = ['Кто', 'Роли', 'Заходил(а)', 'Второй шаг входа', 'Состояние']

export default async function StaffPage() {
  const staff = await requireStaff('staff.see')
  const members = await staffList(staff)
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>Сотрудники</h1>
        {may(staff.roles, 'staff.change') ? (
          <ButtonLink href="/admin/staff/new">Пригласить сотрудника</ButtonLink>
        ) : null}
      </div>
      <WideTable label="Сотрудники" heads={heads}>
        {members.map((member) => (
          <tr key={member.id}>
            <td>
              <Link href={`/admin/staff/${member.id}`} prefetch={false} className="inline-block py-2">
                {member.name}, {member.login}
              </Link>
            </td>
            <td>{rolesInWords(member.roles)}</td>
            <td className="whitespace-nowrap">
              {member.lastSeenAt ? formatInstant(member.lastSeenAt) : 'ещё нет'}
            </td>
            <td>{secondStepWords(member)}</td>
            <td>
              <StaffBadge state={member.state} />
            </td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}
