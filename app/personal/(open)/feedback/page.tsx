import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { dueOn } from '@/lib/enquiries/rules'
import { currentSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay } from '@/lib/units/day'
import { FeedbackForm } from './feedback-form'

export const metadata: Metadata = { title: 'Обратная связь' }

/** Anybody may write; who has signed in writes from the cabinet, where the answer will be. */
export default async function FeedbackPage() {
  if (await currentSubscriber()) redirect('/personal/enquiries/new')
  const { company } = await currentSettings()
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <h1>Обратная связь</h1>
      <p>
        {`Напишите, если есть вопрос, жалоба или предложение. Ответим не позднее ${formatDay(dueOn(new Date()))}.`}
      </p>
      <p className="text-soft">
        Авария или нет воды — звоните, так быстрее:{' '}
        {company.phones.map((phone) => (
          <a key={phone.tel} href={`tel:${phone.tel}`} className="mr-4 inline-flex min-h-11 items-center">
            {phone.text}
          </a>
        ))}
      </p>
      <FeedbackForm sendingKey={randomUUID()} />
    </div>
  )
}
