import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { audienceWords, kindNames, momentField, whenWords } from '@/lib/notices/rules'
import { noticeNumber } from '@/lib/notices/schema'
import { noticeForStaff } from '@/lib/notices/staff'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { NoticesNav } from '../nav'
import { ProlongForm, WithdrawForm } from './end-forms'

export const metadata: Metadata = { title: 'Объявление' }

const done = {
  published: 'Опубликовано. Письма и SMS уходят.',
  withdrawn: 'Отменено. Жители его больше не видят.',
  prolonged: 'Срок изменён.',
}

export default async function NoticeDesk({ params, searchParams }: PageProps<'/admin/notices/[number]'>) {
  const staff = await requireStaff('notices.see')
  const number = noticeNumber.safeParse((await params).number)
  const notice = number.success ? await noticeForStaff(staff, number.data) : undefined
  if (!notice) notFound()
  const act = z.enum(['published', 'withdrawn', 'prolonged']).safeParse((await searchParams).done).data
  const when = whenWords(notice)
  return (
    <div className="grid max-w-4xl gap-5">
      <h1 className="break-words">{notice.title}</h1>
      <NoticesNav />
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      {notice.withdrawnAt ? (
        <Notice
          tone="bad"
          title={`Отменено ${formatInstant(notice.withdrawnAt)}, ${notice.withdrawnBy ?? ''}`}
        />
      ) : null}
      <Card className="grid gap-2">
        <div>
          <Badge
            tone={notice.kind === 'sudden' ? 'bad' : notice.kind === 'planned' ? 'warn' : 'water'}
          >{`${kindNames[notice.kind]} № ${notice.number}`}</Badge>
        </div>
        {when ? <p className="font-medium">{when}</p> : null}
        <p className="break-words whitespace-pre-line">{notice.body}</p>
      </Card>
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <Fact name="Для кого">{audienceWords(notice.audience, notice.place, notice.service)}</Fact>
        <Fact name="Показывать до">{formatInstant(notice.shownUntil)}</Fact>
        <Fact name="Опубликовано">{`${formatInstant(notice.publishedAt)}, ${notice.publishedBy}`}</Fact>
        <Fact name="Отправлено">
          {`писем ${notice.emails}, SMS ${notice.texts}${notice.deliveredAt || notice.withdrawnAt ? '' : ', рассылка идёт'}`}
        </Fact>
        <Fact name="Отметили «Прочитано»">{notice.reads}</Fact>
      </dl>
      {may(staff.roles, 'notices.publish') && !notice.withdrawnAt ? (
        <div className="grid items-start gap-5 wide:grid-cols-2">
          <Card className="grid gap-3">
            <h2>Изменить срок</h2>
            <ProlongForm
              number={notice.number}
              timed={notice.kind !== 'news'}
              endsAt={momentField(notice.endsAt)}
              shownUntil={momentField(notice.shownUntil)}
            />
          </Card>
          <Card className="grid gap-3">
            <h2>Отменить</h2>
            <p>Объявление исчезнет у жителей. Письма и SMS, которые уже ушли, вернуть нельзя.</p>
            <WithdrawForm number={notice.number} />
          </Card>
        </div>
      ) : null}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
