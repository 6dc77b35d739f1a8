import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { memberForStaff } from '@/lib/access/staff-queries'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { StaffBadge, secondStepWords } from '../state-badge'
import { roleChoices, rolesInWords } from '../words'
import { DismissForm, InvitationForms, ResetForm, RolesForm } from './forms'

export const metadata: Metadata = { title: 'Сотрудник' }

const done = {
  invited: 'Приглашение отправлено на почту.',
  sent: 'Новое письмо отправлено, прежняя ссылка не действует.',
  withdrawn: 'Приглашение отозвано, ссылка не действует.',
  roles: 'Роли сохранены: они действуют со следующей страницы.',
  dismissed: 'Отстранён(а). Все входы и ссылки закрыты.',
  returned: 'Доступ возвращён. Письмо со ссылкой для нового пароля отправлено.',
  reset: 'Сброшено. Входы закрыты, письмо со ссылкой отправлено.',
}
const acts = Object.keys(done) as [keyof typeof done]

type Member = NonNullable<Awaited<ReturnType<typeof memberForStaff>>>

export default async function MemberPage({ params, searchParams }: PageProps<'/admin/staff/[id]'>) {
  const staff = await requireStaff('staff.see')
  const id = z.uuid().safeParse((await params).id)
  const member = id.success ? await memberForStaff(staff, id.data) : undefined
  if (!member) notFound()
  const act = z.enum(acts).safeParse((await searchParams).done).data
  return (
    <div className="grid max-w-4xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{member.name}</h1>
        <StaffBadge state={member.state} />
      </div>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <About member={member} />
      {member.id === staff.userId ? (
        <p className="text-soft">
          Это вы. Свои роли и вход изменить нельзя: это делает другой администратор.
        </p>
      ) : may(staff.roles, 'staff.change') ? (
        <Acts member={member} />
      ) : null}
    </div>
  )
}

function About({ member }: { member: Member }) {
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <Fact name="Логин">{member.login}</Fact>
        <Fact name="Почта">{member.email}</Fact>
        <Fact name="Роли">{rolesInWords(member.roles)}</Fact>
        <Fact name="Второй шаг входа">{secondStepWords(member)}</Fact>
        <Fact name="Заходил(а)">{member.lastSeenAt ? formatInstant(member.lastSeenAt) : 'ещё нет'}</Fact>
        <Fact name="В сервисе с">{formatInstant(member.createdAt)}</Fact>
        {member.state === 'invited' && member.linkUntil ? (
          <Fact name="Ссылка из письма действует до">{formatInstant(member.linkUntil)}</Fact>
        ) : null}
        {member.block ? (
          <Fact name="Отстранён(а)">
            {formatInstant(member.block.at)}: {member.block.reason}
          </Fact>
        ) : null}
      </dl>
      <p className="mt-3">
        <Link href={`/admin/audit?subject=${member.login}`} prefetch={false} className="inline-block py-2">
          Записи в журнале
        </Link>
      </p>
    </Card>
  )
}

function Acts({ member }: { member: Member }) {
  const { id, state } = member
  return (
    <>
      <Card>
        <RolesForm key={member.roles.join()} userId={id} held={member.roles} choices={roleChoices} />
      </Card>
      {state === 'invited' ? (
        <Card>
          <h2 className="mb-3">Приглашение</h2>
          <InvitationForms userId={id} />
        </Card>
      ) : null}
      {state === 'active' ? (
        <Card>
          <h2 className="mb-3">Забыт пароль, потерян телефон</h2>
          <ResetForm userId={id} />
        </Card>
      ) : null}
      {state === 'invited' ? null : (
        <Card>
          <h2 className="mb-3">{state === 'dismissed' ? 'Вернуть к работе' : 'Отстранить'}</h2>
          <DismissForm userId={id} dismissed={state === 'dismissed'} />
        </Card>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
