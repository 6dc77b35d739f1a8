import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card } from '@/app/_ui/box'
import { templateChosen } from '@/lib/enquiries/staff-schema'
import { answerTemplate } from '@/lib/enquiries/templates'
import { requireStaff } from '@/lib/session/require'
import { EnquiriesNav } from '../../nav'
import { DropForm, TemplateForm } from '../template-form'

export const metadata: Metadata = { title: 'Заготовка ответа' }

export default async function TemplatePage({ params }: PageProps<'/admin/enquiries/templates/[id]'>) {
  const staff = await requireStaff('enquiries.answer')
  const id = templateChosen.parse((await params).id)
  const template = id && (await answerTemplate(staff, id))
  if (!template) notFound()
  return (
    <div className="grid max-w-4xl gap-5">
      <h1>{template.title}</h1>
      <EnquiriesNav />
      <Card className="grid gap-5">
        <TemplateForm template={template} />
        <DropForm id={template.id} />
      </Card>
    </div>
  )
}
