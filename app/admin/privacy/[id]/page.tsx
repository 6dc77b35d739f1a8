import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { privacyRequest } from '@/lib/privacy/requests'
import { keptByLaw } from '@/lib/privacy/retention'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant } from '@/lib/units/day'
import { PrivacyNav } from '../nav'
import { kindNames, outcomeNames } from '../words'
import { EraseForm, SettleForm } from './forms'

export const metadata: Metadata = { title: 'Просьба о персональных данных' }

export default async function PrivacyRequestPage({ params }: PageProps<'/admin/privacy/[id]'>) {
  const staff = await requireStaff('privacy.see')
  const id = z.uuid().safeParse((await params).id)
  const found = id.success ? await privacyRequest(staff, id.data) : undefined
  if (!found) notFound()
  const { request, person } = found
  const maySettle = may(staff.roles, 'privacy.settle') && request.outcome === null
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>{kindNames[request.kind]}</h1>
      <PrivacyNav here="" />
      <Card className="grid gap-2">
        <p>
          <Link href={`/admin/people/${person.id}`} prefetch={false} className="inline-block py-1">
            {`Логин ${person.login}`}
          </Link>
          {`, получена ${formatInstant(request.askedAt)}, исполнить до ${formatDay(request.dueOn)}`}
        </p>
        {request.text ? <p className="whitespace-pre-line">{request.text}</p> : null}
        {request.outcome ? <p>{`Итог: ${outcomeNames[request.outcome]}. ${request.note ?? ''}`}</p> : null}
      </Card>
      {maySettle && request.kind === 'correction' ? <SettleForm id={request.id} /> : null}
      {maySettle && request.kind === 'withdrawal' ? (
        <>
          <Notice tone="warn" title="Останется по закону">
            <ul className="list-disc pl-5">
              {keptByLaw.map(({ what }) => (
                <li key={what}>{what}</li>
              ))}
            </ul>
          </Notice>
          <EraseForm id={request.id} />
        </>
      ) : null}
    </div>
  )
}
