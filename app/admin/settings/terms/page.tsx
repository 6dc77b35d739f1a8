import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { ANSWER_DAYS } from '@/lib/enquiries/rules'
import { saveTermsAction } from '@/lib/office/actions'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { plural } from '@/lib/units/text'
import { Facts, Frame } from '../_parts/frame'
import { SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Сроки — настройки' }

export default async function TermsPage({ searchParams }: PageProps<'/admin/settings/terms'>) {
  const { roles } = await requireStaff('settings.see')
  const start = sections.terms.toForm(await currentSettings())
  const { saved } = await searchParams
  return (
    <Frame title="Сроки" saved={saved}>
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveTermsAction}
          fields={[
            {
              name: 'dueDay',
              label: fieldLabels.terms.dueDay,
              hint: 'До какого дня следующего месяца оплачивают счёт. По Жилищному кодексу — 15-е (статья 155); выходной переносит срок на рабочий день.',
              figure: true,
            },
          ]}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
      <Facts
        rows={[
          ['Ответ на заявку', '3 рабочих дня: так обещано в пункте 3.1 соглашения'],
          ['Ответ на обращение', `${plural(ANSWER_DAYS, ['рабочий день', 'рабочих дня', 'рабочих дней'])}`],
        ]}
      />
    </Frame>
  )
}
