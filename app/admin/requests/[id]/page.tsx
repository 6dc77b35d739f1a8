import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Badge, Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { requestForDecision } from '@/lib/requests/queries'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { deskAddress, filterOf } from '../_desk/address'
import { Desk } from '../_desk/desk'
import { Comparison } from './comparison'
import { Decided } from './decided'
import { DecisionForms } from './decision-forms'
import { Identified } from './identified'
import { Passport } from './passport'
import { Related } from './related'

export const metadata: Metadata = { title: 'Заявка' }

export default async function RequestPage({ params, searchParams }: PageProps<'/admin/requests/[id]'>) {
  const staff = await requireStaff('requests.see')
  const now = new Date()
  const filter = filterOf(await searchParams)
  const id = z.uuid().safeParse((await params).id)
  const found = id.success ? await requestForDecision(staff, id.data, now) : undefined
  if (!found) notFound()
  const { request, rows, summary, left, identification } = found
  return (
    <Desk staff={staff} filter={filter} now={now} chosen={request.id}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Link
          href={deskAddress(filter)}
          prefetch={false}
          className="inline-flex min-h-11 items-center wide:hidden"
        >
          ← К списку
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <h1>Заявка № {request.number}</h1>
          {request.decision ? null : (
            <p className="text-soft">
              ответить до {formatInstant(request.dueAt)} <Badge tone={left.urgency}>{left.words}</Badge>
            </p>
          )}
        </div>
        <Decided request={request} />
        <Comparison rows={rows} />
        <div className="grid items-start gap-4 wide:grid-cols-2">
          <Card>
            <h2 className="mb-1">{summary.title}</h2>
            <p>{summary.text}</p>
            <Related found={found} />
          </Card>
          {request.passport ? (
            <May permission="passport.see">
              <Passport requestId={request.id} passport={request.passport} />
            </May>
          ) : (
            <Identified userId={request.askedBy} identification={identification} />
          )}
        </div>
        <May permission="requests.decide">
          <DecisionForms requestId={request.id} waiting={!request.decision} />
        </May>
        <p className="text-soft">
          Подана {formatInstant(request.submittedAt)}.{' '}
          {request.decision || request.askedBy
            ? `Почта для ответа: ${request.email}`
            : `После подтверждения логин и ссылка уйдут на ${request.email}, ссылка действует 72 часа.`}
        </p>
      </div>
    </Desk>
  )
}
