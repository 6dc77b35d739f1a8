import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { WAIT_DAYS } from '@/lib/exchange/receive'
import { saveRetentionAction } from '@/lib/office/actions'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { plural } from '@/lib/units/text'
import { Facts, Frame } from '../_parts/frame'
import { SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Хранение — настройки' }

export default async function RetentionPage({ searchParams }: PageProps<'/admin/settings/retention'>) {
  const { roles } = await requireStaff('settings.see')
  const start = sections.retention.toForm(await currentSettings())
  const { saved } = await searchParams
  return (
    <Frame title="Хранение" saved={saved}>
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveRetentionAction}
          fields={[
            {
              name: 'passportRetentionDays',
              label: fieldLabels.retention.passportRetentionDays,
              hint: 'Тот же срок назван в согласии и политике: если он меняется, опубликуйте их новые версии. Паспорта старше уйдут ближайшей ночью.',
              figure: true,
            },
          ]}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
      <Facts
        rows={[
          ['Файл биллинга, который никто не загрузил', plural(WAIT_DAYS, ['день', 'дня', 'дней'])],
          ['Журнал', 'всегда: записи нельзя ни изменить, ни удалить'],
        ]}
      />
    </Frame>
  )
}
