import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay, moscowDay } from '@/lib/units/day'
import { answerDeadline } from '@/lib/units/workdays'
import { RequestForm } from './request-form'

export const metadata: Metadata = { title: 'Заявка на доступ' }

export default async function RequestPage() {
  const { company, passportRetentionDays } = await currentSettings()
  const now = new Date()
  const { dueOn } = answerDeadline(now)
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <div className="grid gap-3">
        <h1>Заявка на получение доступа в личный кабинет</h1>
        <p className="text-soft">
          Ответим на почту за 3 рабочих дня — до {formatDay(dueOn, { year: false })}. Понадобятся квитанция и
          паспорт.
        </p>
      </div>
      <RequestForm
        submissionKey={randomUUID()}
        today={moscowDay(now)}
        retentionDays={passportRetentionDays}
      />
      <p className="border-t border-line pt-4 text-soft">
        Нет электронной почты или неудобно с телефона? Приходите с паспортом: {company.postalAddress}{' '}
        <span className="whitespace-nowrap">({company.hours})</span>.
      </p>
    </div>
  )
}
