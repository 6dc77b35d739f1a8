import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { saveTextsAction } from '@/lib/office/actions'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Frame } from '../_parts/frame'
import { type FieldSpec, SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Тексты — настройки' }

export default async function TextsPage({ searchParams }: PageProps<'/admin/settings/texts'>) {
  const { roles } = await requireStaff('settings.see')
  const start = sections.texts.toForm(await currentSettings())
  const { saved } = await searchParams
  return (
    <Frame title="Тексты" saved={saved}>
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveTextsAction}
          fields={fields}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
    </Frame>
  )
}

const labels = fieldLabels.texts
const fields: FieldSpec[] = [
  {
    name: 'front',
    label: labels.front,
    hint: 'Видят все, кто ещё не вошёл. Пусто — объявления нет. До 600 знаков',
    kind: 'area',
    rows: 4,
  },
  {
    name: 'suspended',
    label: labels.suspended,
    hint: 'К тому, кому звонить и куда прийти: например, что взять с собой. До 600 знаков',
    kind: 'area',
    rows: 4,
  },
]
