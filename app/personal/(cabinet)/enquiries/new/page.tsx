import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { AccountLine, accountOfPage } from '@/app/personal/_overview/account'
import { ownLine } from '@/lib/enquiries/queries'
import { dueOn, subjectOf } from '@/lib/enquiries/rules'
import { lineSchema } from '@/lib/enquiries/schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { AttachedLine } from '../bill-line'
import { EnquiryForm } from './enquiry-form'

export const metadata: Metadata = { title: 'Новое обращение' }

export default async function NewEnquiryPage({ searchParams }: PageProps<'/personal/enquiries/new'>) {
  const subscriber = await requireSubscriber()
  const params = await searchParams
  const chosen = await accountOfPage(subscriber, params.account)
  const { period, service } = lineSchema.parse(params)
  const line = await ownLine(subscriber, { accountId: chosen?.account.id ?? 0, period, serviceId: service })
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>{line ? 'Вопрос о начислении' : 'Новое обращение'}</h1>
      {line && chosen ? <AccountLine chosen={chosen} back="/personal/enquiries/new" /> : null}
      {line ? <AttachedLine line={line} /> : null}
      <EnquiryForm
        sendingKey={randomUUID()}
        accountNumber={chosen?.account.accountNumber ?? ''}
        accounts={chosen?.all ?? []}
        subject={line ? subjectOf(line) : ''}
        line={line ? { period: line.period, service: String(line.serviceId) } : undefined}
        promise={formatDay(dueOn(new Date()))}
      />
    </div>
  )
}
