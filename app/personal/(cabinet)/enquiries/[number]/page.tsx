import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Files } from '@/app/_files/files'
import { Notice } from '@/app/_ui/box'
import { Thread } from '@/app/_ui/thread'
import { ownEnquiry } from '@/lib/enquiries/queries'
import { closedWords, mayContinue } from '@/lib/enquiries/rules'
import { enquiryNumber } from '@/lib/enquiries/schema'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay, moscowDay } from '@/lib/units/day'
import { AttachedLine, MonthLink } from '../bill-line'
import { StateBadge } from '../state-badge'
import { MessageForm } from './message-form'

export const metadata: Metadata = { title: 'Обращение' }

export default async function EnquiryPage({
  params,
  searchParams,
}: PageProps<'/personal/enquiries/[number]'>) {
  const subscriber = await requireSubscriber()
  const number = enquiryNumber.safeParse((await params).number)
  const enquiry = number.success ? await ownEnquiry(subscriber, number.data) : undefined
  if (!enquiry) notFound()
  const { company } = await currentSettings()
  const done = z.enum(['opened', 'added']).safeParse((await searchParams).done).data
  const waits = enquiry.state === 'open'
  return (
    <div className="grid max-w-3xl gap-5">
      <div className="grid gap-1">
        <p>
          <Link href="/personal/enquiries" prefetch={false} className="inline-flex min-h-11 items-center">
            ← Все обращения
          </Link>
        </p>
        <h1 className="break-words">{enquiry.subject}</h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-soft">
          {`Обращение № ${enquiry.number} от ${formatDay(moscowDay(enquiry.createdAt))}${enquiry.accountNumber ? `, счёт ${enquiry.accountNumber}` : ''}`}
          <StateBadge state={enquiry.state} />
        </p>
      </div>
      {done ? (
        <Notice
          tone="good"
          role="status"
          title={done === 'opened' ? `Обращение № ${enquiry.number} отправлено` : 'Сообщение добавлено'}
        >
          {waits ? <p>{`Ответим не позднее ${formatDay(enquiry.dueOn)}.`}</p> : null}
        </Notice>
      ) : waits ? (
        <p>{`Ответим не позднее ${formatDay(enquiry.dueOn)}. О готовом ответе придёт письмо.`}</p>
      ) : null}
      {enquiry.closeReason ? <Notice tone="plain" title={closedWords(enquiry.closeReason)} /> : null}
      {enquiry.line && enquiry.accountNumber ? (
        <AttachedLine
          line={enquiry.line}
          link={<MonthLink line={enquiry.line} accountNumber={enquiry.accountNumber} />}
        />
      ) : null}
      <Thread
        messages={enquiry.messages.map((said) => ({
          ...said,
          mine: !said.byStaff,
          who: said.byStaff ? company.name : 'Вы',
          below: <Files files={said.files} folder={`/personal/enquiries/${enquiry.number}/files`} />,
        }))}
      />
      {mayContinue(enquiry.closeReason) ? (
        <MessageForm key={enquiry.messages.length} number={enquiry.number} />
      ) : null}
    </div>
  )
}
