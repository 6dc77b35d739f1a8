import type { Metadata } from 'next'
import { Card, Notice } from '@/app/_ui/box'
import { saveRequisitesAction } from '@/lib/office/actions'
import { codeWords } from '@/lib/office/code-preview'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Frame } from '../_parts/frame'
import { CodeLines, type FieldSpec, SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Реквизиты — настройки' }

export default async function RequisitesPage({ searchParams }: PageProps<'/admin/settings/requisites'>) {
  const { roles } = await requireStaff('settings.see')
  const settings = await currentSettings()
  const start = sections.requisites.toForm(settings)
  const { saved } = await searchParams
  const code = settings.requisites ? codeWords(settings.requisites) : undefined
  return (
    <Frame title="Реквизиты" saved={saved}>
      {settings.requisites ? null : (
        <Notice tone="warn" title="Реквизиты не введены">
          <p>В квитанциях нет QR-кода, и оплата через платёжную систему не работает.</p>
        </Notice>
      )}
      <Card>
        <SettingsForm
          key={String(saved)}
          action={saveRequisitesAction}
          fields={fields}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
      {code?.status === 'ok' ? (
        <Card className="grid gap-2">
          <h2>Что сейчас в QR-коде квитанции</h2>
          <p className="text-soft">Сумма, лицевой счёт и месяц здесь для примера.</p>
          <CodeLines words={code.value} />
        </Card>
      ) : null}
    </Frame>
  )
}

const labels = fieldLabels.requisites
const fields: FieldSpec[] = [
  { name: 'name', label: labels.name, hint: 'Как в договоре с банком, не длиннее 160 знаков' },
  { name: 'inn', label: labels.inn, figure: true },
  { name: 'kpp', label: labels.kpp, figure: true },
  { name: 'bankName', label: labels.bankName, hint: 'Не длиннее 45 знаков' },
  { name: 'bic', label: labels.bic, figure: true },
  { name: 'account', label: labels.account, hint: '20 цифр; пробелы не мешают' },
  { name: 'correspondentAccount', label: labels.correspondentAccount },
]
