import type { Metadata } from 'next'
import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import { saveCompanyAction } from '@/lib/office/actions'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Frame } from '../_parts/frame'
import { type FieldSpec, SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Компания — настройки' }

export default async function CompanyPage({ searchParams }: PageProps<'/admin/settings/company'>) {
  const { roles } = await requireStaff('settings.see')
  const start = sections.company.toForm(await currentSettings())
  const { saved } = await searchParams
  return (
    <Frame title="Компания" saved={saved}>
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveCompanyAction}
          fields={fields}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
      <p className="max-w-xl text-soft">
        Так компания названа на страницах, в письмах и квитанциях. Опубликованные документы от этого не
        меняются: если изменилось название или адрес, опубликуйте{' '}
        <Link href="/admin/documents" prefetch={false}>
          новые версии
        </Link>
        .
      </p>
    </Frame>
  )
}

const labels = fieldLabels.company
const fields: FieldSpec[] = [
  { name: 'name', label: labels.name, hint: 'В шапке страниц и в письмах' },
  { name: 'fullName', label: labels.fullName, hint: 'В квитанциях, справках и документах' },
  { name: 'town', label: labels.town },
  { name: 'postalAddress', label: labels.postalAddress, hint: 'Куда приходят с паспортом и пишут' },
  { name: 'email', label: labels.email },
  { name: 'phones', label: labels.phones, hint: 'С кодом города, по одному в строке', kind: 'area' },
  { name: 'hours', label: labels.hours, hint: 'Например: пн–пт, 8:00–17:00' },
]
