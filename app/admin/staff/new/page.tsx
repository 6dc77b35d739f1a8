import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { requireStaff } from '@/lib/session/require'
import { roleChoices } from '../words'
import { InviteForm } from './invite-form'

export const metadata: Metadata = { title: 'Пригласить сотрудника' }

export default async function InvitePage() {
  await requireStaff('staff.change')
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>Пригласить сотрудника</h1>
      <p>
        На почту уйдёт письмо с логином и ссылкой: пароль и второй шаг входа человек настроит сам. Ссылка
        действует 72 часа.
      </p>
      <Card>
        <InviteForm choices={roleChoices} />
      </Card>
    </div>
  )
}
