import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { answerTemplatesFor } from '@/lib/enquiries/templates'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { EnquiriesNav } from '../nav'
import { TemplateForm } from './template-form'

export const metadata: Metadata = { title: 'Заготовки ответов' }

const done = { saved: 'Заготовка сохранена', removed: 'Заготовка удалена' }

export default async function TemplatesPage({ searchParams }: PageProps<'/admin/enquiries/templates'>) {
  const staff = await requireStaff('enquiries.see')
  const templates = await answerTemplatesFor(staff)
  const act = z.enum(['saved', 'removed']).safeParse((await searchParams).done).data
  const mayChange = may(staff.roles, 'enquiries.answer')
  return (
    <div className="grid max-w-4xl gap-5">
      <h1>Заготовки ответов</h1>
      <EnquiriesNav />
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      {templates.length === 0 ? (
        <p className="text-soft">Заготовок пока нет. Сохраните ответ, который пишете часто.</p>
      ) : (
        <ul className="grid gap-3">
          {templates.map(({ id, title, body }) => (
            <li key={id} className="rounded-card border border-line bg-card px-5 py-4">
              <h2>
                {mayChange ? (
                  <Link
                    href={`/admin/enquiries/templates/${id}`}
                    prefetch={false}
                    className="inline-block py-1"
                  >
                    {title}
                  </Link>
                ) : (
                  title
                )}
              </h2>
              <p className="break-words whitespace-pre-line text-soft">{body}</p>
            </li>
          ))}
        </ul>
      )}
      {mayChange ? (
        <Card className="grid gap-3">
          <h2>Новая заготовка</h2>
          <TemplateForm key={templates.length} template={{ id: '', title: '', body: '' }} />
        </Card>
      ) : null}
    </div>
  )
}
