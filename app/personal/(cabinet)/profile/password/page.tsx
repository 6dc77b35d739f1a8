import type { Metadata } from 'next'
import { requireSubscriber } from '@/lib/session/require'
import { BackToProfile } from '../back'
import { ChangeForm } from './change-form'

export const metadata: Metadata = { title: 'Смена пароля' }

export default async function PasswordPage() {
  await requireSubscriber()
  return (
    <div className="grid max-w-md gap-5">
      <h1>Смена пароля</h1>
      <p>
        Входы на других устройствах завершатся, здесь вы останетесь. О смене пришлём письмо. Пароль знаете
        только вы: сотрудники его не видят и никогда не спрашивают.
      </p>
      <ChangeForm />
      <BackToProfile />
    </div>
  )
}
