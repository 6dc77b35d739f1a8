import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Files } from '@/app/_files/files'
import { Badge, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { Thread } from '@/app/_ui/thread'
import { AttachedLine } from '@/app/personal/(cabinet)/enquiries/bill-line'
import { closeReasons } from '@/lib/enquiries/rules'
import { enquiryNumber } from '@/lib/enquiries/schema'
import { enquiryForStaff } from '@/lib/enquiries/staff'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant } from '@/lib/units/day'
import { Desk } from './desk'
import { Facts } from './facts'

export const metadata: Metadata = { title: 'Обращение' }

type Enquiry = NonNullable<Awaited<ReturnType<typeof enquiryForStaff>>>

export default async function EnquiryDesk({ params, searchParams }: PageProps<'/admin/enquiries/[number]'>) {
  const staff = await requireStaff('enquiries.see')
  const number = enquiryNumber.safeParse((await params).number)
  const enquiry = number.success ? await enquiryForStaff(staff, number.data, new Date()) : undefined
  if (!enquiry) notFound()
  const { done, template } = await searchParams
  const act = z.enum(['answered', 'noted', 'assigned', 'closed', 'reopened']).safeParse(done).data
  const person = enquiry.lastName
    ? `${enquiry.lastName} ${enquiry.firstName}`
    : (enquiry.contactName ?? 'Без имени')
  return (
    <div className="grid max-w-4xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 break-words">{enquiry.subject}</h1>
        <State enquiry={enquiry} />
      </div>
      {act ? <Notice tone="good" role="status" title={doneWords(act, enquiry)} /> : null}
      {enquiry.suspectedOf && enquiry.state !== 'closed' ? (
        <Notice tone="warn" title="Похоже на рекламу или брань">
          <p>{`Что заметила программа — ${enquiry.suspectedOf}. Она может ошибаться: решаете вы.`}</p>
        </Notice>
      ) : null}
      {enquiry.closeReason && enquiry.closedAt ? (
        <Notice tone="plain" title={`Закрыто: ${closeReasons[enquiry.closeReason]}`}>
          <p>{`${formatInstant(enquiry.closedAt)}, ${enquiry.closedBy ?? ''}${enquiry.closeNote ? `: ${enquiry.closeNote}` : ''}`}</p>
        </Notice>
      ) : null}
      <Facts enquiry={enquiry} />
      {enquiry.line ? <AttachedLine line={enquiry.line} /> : null}
      <Thread
        messages={enquiry.messages.map((said) => ({
          ...said,
          mine: said.byStaff,
          note: said.internal,
          who: said.byStaff ? (said.author ?? '') : person,
          below: <Files files={said.files} folder={`/admin/enquiries/${enquiry.number}/files`} />,
        }))}
      />
      <May permission="enquiries.answer">
        <Desk staff={staff} enquiry={enquiry} template={template} />
      </May>
    </div>
  )
}

function State({ enquiry: { state, left, dueOn } }: { enquiry: Enquiry }) {
  if (state === 'closed') return <Badge>закрыто</Badge>
  if (state === 'answered') return <Badge tone="good">отвечено</Badge>
  return <Badge tone={left.urgency}>{`до ${formatDay(dueOn, { year: false })}: ${left.words}`}</Badge>
}

function doneWords(act: 'answered' | 'noted' | 'assigned' | 'closed' | 'reopened', enquiry: Enquiry): string {
  const told = enquiry.login
    ? 'Ответ отправлен. Человеку ушло письмо о нём.'
    : enquiry.contactEmail
      ? 'Ответ отправлен письмом.'
      : 'Ответ записан. Почты человек не оставил: письма не будет.'
  return {
    answered: told,
    noted: 'Заметка оставлена. Её видят только сотрудники.',
    assigned: enquiry.assignee ? `Исполнитель: ${enquiry.assignee}.` : 'Исполнителя больше нет.',
    closed: 'Обращение закрыто. Его можно открыть снова.',
    reopened: 'Обращение снова открыто.',
  }[act]
}
