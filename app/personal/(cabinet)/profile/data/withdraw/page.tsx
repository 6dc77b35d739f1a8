import type { Metadata } from 'next'
import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import { keptByLaw } from '@/lib/privacy/retention'
import { lastDay } from '@/lib/privacy/rules'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { WithdrawForm } from './withdraw-form'

export const metadata: Metadata = { title: 'Отозвать согласие' }

export default async function WithdrawPage() {
  await requireSubscriber()
  return (
    <div className="grid max-w-3xl gap-5">
      <Link href="/personal/profile/data" prefetch={false} className="inline-flex min-h-11 items-center">
        ← Паспорт моих данных
      </Link>
      <h1>Отозвать согласие</h1>
      <Card className="grid gap-2">
        <h2>Что закончится</h2>
        <ul className="list-disc pl-5">
          <li>вход в личный кабинет и доступ ко всем счетам;</li>
          <li>доступ помощников, которых вы пригласили;</li>
          <li>квитанции и напоминания на почту: квитанции снова придут на бумаге.</li>
        </ul>
        <p>Чтобы вернуться, придётся подать новую заявку с паспортом.</p>
      </Card>
      <Card className="grid gap-2">
        <h2>Что мы уничтожим</h2>
        <p>
          Имя, почту, телефон и пароль пользователя, паспортные данные и адреса в заявках, сведения о входах,
          адреса и тексты писем, снимки счётчиков, ночные проверки, приложенные файлы.
        </p>
      </Card>
      <Card className="grid gap-2">
        <h2>Что останется по закону</h2>
        <ul className="grid gap-2">
          {keptByLaw.map(({ what, why }) => (
            <li key={what}>
              {what}. <span className="text-soft">{why}.</span>
            </li>
          ))}
        </ul>
      </Card>
      <p>
        {`Уничтожим не позже ${formatDay(lastDay('withdrawal', moscowDay(new Date())))}. До этого кабинет работает, и вы можете передумать.`}
      </p>
      <WithdrawForm />
    </div>
  )
}
