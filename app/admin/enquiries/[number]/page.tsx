import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Badge, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { Thread } from '@/app/_ui/thread'
import { AttachedLine } from '@/app/personal/(cabinet)/enquiries/bill-line'
import { enquiryForStaff } from '@/lib/enquiries/queries'
import { enquiryNumber } from '@/lib/enquiries/schema'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant } from '@/lib/units/day'
import { AnswerForm } from './answer-form'

export const metadata: Metadata = { title: 'Обращение' }

export default async function EnquiryDesk({ params, searchParams }: PageProps<'/admin/enquiries/[number]'>) {
  const staff = await requireStaff('enquiries.see')
  const number = enquiryNumber.safeParse((await params).number)
  const enquiry = number.success ? await enquiryForStaff(staff, number.data, new Date()) : undefined
  if (!enquiry) notFound()
  const { user, line, left } = enquiry
  const person = `${user.lastName} ${user.firstName}`
  return (
    <div className="grid max-w-4xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="break-words">{enquiry.subject}</h1>
        {enquiry.state === 'open' ? (
          <Badge
            tone={left.urgency}
          >{`до ${formatDay(enquiry.dueOn, { year: false })}: ${left.words}`}</Badge>
        ) : (
          <Badge tone="good">отвечено</Badge>
        )}
      </div>
      {(await searchParams).done === 'answered' ? (
        <Notice tone="good" role="status" title="Ответ отправлен. Человеку ушло письмо о нём." />
      ) : null}
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <dt className="text-soft">Обращение</dt>
        <dd>{`№ ${enquiry.number}, ${formatInstant(enquiry.createdAt)}`}</dd>
        <dt className="text-soft">Кто</dt>
        <dd>
          <Link href={`/admin/people/${user.id}`} prefetch={false} className="inline-block py-1">
            {`${person}, ${user.login}`}
          </Link>
        </dd>
        <dt className="text-soft">Лицевой счёт</dt>
        <dd>
          <Link
            href={`/admin/accounts/${enquiry.accountNumber}`}
            prefetch={false}
            className="inline-block py-1"
          >
            {enquiry.accountNumber}
          </Link>
          {`, ${enquiry.address}`}
        </dd>
      </dl>
      {line ? <AttachedLine line={line} /> : null}
      <Thread
        messages={enquiry.messages.map((said) => ({
          ...said,
          mine: said.byStaff,
          who: said.byStaff ? said.author : person,
        }))}
      />
      <May permission="enquiries.answer">
        <AnswerForm key={enquiry.messages.length} number={enquiry.number} />
      </May>
    </div>
  )
}
