import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { sentRequest } from '@/lib/requests/queries'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay } from '@/lib/units/day'
import { ForgetDraft } from '../draft'

export const metadata: Metadata = { title: 'Заявка отправлена' }

export default async function SentPage({ params }: PageProps<'/personal/request/[submissionKey]'>) {
  const key = z.uuid().safeParse((await params).submissionKey)
  const sent = key.success ? await sentRequest(key.data) : undefined
  if (!key.success || !sent) notFound()
  const { company } = await currentSettings()
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <ForgetDraft submissionKey={key.data} />
      <h1>
        Заявка <span className="whitespace-nowrap tabular-nums">№ {sent.number}</span>
      </h1>
      <Notice tone="good">
        <h2 className="text-[1.4rem]">Заявка успешно отправлена</h2>
        <p className="mt-1">
          Ответим на почту не позднее <strong className="whitespace-nowrap">{formatDay(sent.dueOn)}</strong>
        </p>
      </Notice>
      <section aria-labelledby="next" className="grid gap-3">
        <h2 id="next">Что дальше</h2>
        <ol className="grid list-decimal gap-2 pl-6">
          <li>Сейчас придёт письмо с номером заявки. Если его нет, загляните в папку «Спам».</li>
          <li>Мы сверим заявку с договором. Делать ничего не нужно.</li>
          <li>Придёт ответ: логин и ссылка, по которой вы сами придумаете пароль.</li>
        </ol>
      </section>
      <p>
        Появится вопрос — позвоните и назовите номер заявки:{' '}
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
