import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { sentFeedback } from '@/lib/enquiries/queries'
import { feedbackKey } from '@/lib/enquiries/schema'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay } from '@/lib/units/day'

export const metadata: Metadata = { title: 'Сообщение отправлено' }

export default async function SentPage({ params }: PageProps<'/personal/feedback/[sendingKey]'>) {
  const key = feedbackKey.safeParse((await params).sendingKey)
  const sent = key.success ? await sentFeedback(key.data) : undefined
  if (!sent) notFound()
  const { company } = await currentSettings()
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <h1>
        Обращение <span className="whitespace-nowrap tabular-nums">№ {sent.number}</span>
      </h1>
      <Notice tone="good">
        <h2 className="text-[1.4rem]">Сообщение отправлено</h2>
        {sent.email || sent.phone ? (
          <p className="mt-1">
            Ответим не позднее <strong className="whitespace-nowrap">{formatDay(sent.dueOn)}</strong>
          </p>
        ) : null}
      </Notice>
      <section aria-labelledby="next" className="grid gap-3">
        <h2 id="next">Что дальше</h2>
        <ol className="grid list-decimal gap-2 pl-6">
          <li>Запишите номер: по нему мы найдём обращение.</li>
          <li>{`Сотрудник прочитает сообщение и разберётся до ${formatDay(sent.dueOn, { year: false })}.`}</li>
          <li>{nextWords(sent)}</li>
        </ol>
      </section>
      <p>
        Спросить об ответе можно по телефону:{' '}
        {company.phones.map((phone) => (
          <a key={phone.tel} href={`tel:${phone.tel}`} className="mr-4 inline-flex min-h-11 items-center">
            {phone.text}
          </a>
        ))}
      </p>
      <div>
        <ButtonLink href="/personal" look="second">
          На главную
        </ButtonLink>
      </div>
    </div>
  )
}

function nextWords({ email, phone }: { email: boolean; phone: boolean }): string {
  if (email) return 'Ответ придёт письмом. Если его нет, загляните в папку «Спам».'
  if (phone) return 'Мы позвоним по номеру, который вы оставили.'
  return 'Вы не оставили ни почты, ни телефона, поэтому ответ можно узнать только по номеру обращения.'
}
