import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { saveExchangeAction } from '@/lib/office/actions'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Frame } from '../_parts/frame'
import { type FieldSpec, SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Обмен — настройки' }

export default async function ExchangeSettingsPage({ searchParams }: PageProps<'/admin/settings/exchange'>) {
  const { roles } = await requireStaff('settings.see')
  const start = sections.exchange.toForm(await currentSettings())
  const { saved } = await searchParams
  return (
    <Frame title="Обмен" saved={saved}>
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveExchangeAction}
          fields={fields}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
    </Frame>
  )
}

const labels = fieldLabels.exchange
const fields: FieldSpec[] = [
  {
    name: 'fourEyes',
    label: labels.fourEyes,
    hint: 'Один сотрудник проверяет файл, загружает его другой',
    kind: 'check',
  },
  {
    name: 'outlierShare',
    label: labels.outlierShare,
    hint: 'Счёт, начисление которого изменилось сильнее, проверка назовёт отдельно',
    figure: true,
  },
]
