import type { Metadata } from 'next'
import { Card, Notice } from '@/app/_ui/box'
import { savePaymentsAction } from '@/lib/office/actions'
import { paymentState } from '@/lib/office/environment'
import { receiptModes, receiptSubjects, vatCodes } from '@/lib/office/receipt-codes'
import { fieldLabels, sections } from '@/lib/office/sections'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Facts, Frame } from '../_parts/frame'
import { type FieldSpec, SettingsForm } from '../_parts/settings-form'

export const metadata: Metadata = { title: 'Платежи — настройки' }

export default async function PaymentsSettingsPage({ searchParams }: PageProps<'/admin/settings/payments'>) {
  const { roles } = await requireStaff('settings.see')
  const settings = await currentSettings()
  const start = sections.payments.toForm(settings)
  const { saved } = await searchParams
  return (
    <Frame title="Платежи" saved={saved}>
      {settings.requisites ? null : (
        <Notice tone="warn" title="Реквизиты не введены">
          <p>Без них платёжная система не примет оплату жилищных услуг.</p>
        </Notice>
      )}
      <ProviderState />
      <Card>
        <SettingsForm
          key={String(saved)}
          action={savePaymentsAction}
          fields={fields}
          start={start}
          may={may(roles, 'settings.change')}
        />
      </Card>
    </Frame>
  )
}

/** What the environment of the server says; it is changed there, by whoever runs the server. */
function ProviderState() {
  const { provider, missing, notifyAt, proxies } = paymentState()
  const names = {
    off: 'не подключена: на сервере задайте PAYMENTS=yookassa',
    demo: 'демонстрационный банк: денег не берёт',
    yookassa: 'ЮKassa',
  }
  return (
    <Facts
      rows={[
        ['Платёжная система', names[provider]],
        [
          'Чего не хватает на сервере',
          missing.length > 0 ? missing.join(', ') : 'всё задано: магазин и ключ на месте',
        ],
        ['Адрес для уведомлений', <code key="address">{notifyAt}</code>],
        [
          'Обратных прокси перед сервисом',
          proxies > 0
            ? String(proxies)
            : '0: если прокси есть, задайте TRUSTED_PROXIES, иначе уведомления не пройдут',
        ],
      ]}
    />
  )
}

const labels = fieldLabels.payments
const fields: FieldSpec[] = [
  { name: 'minimum', label: labels.minimum, figure: true },
  { name: 'maximumCard', label: labels.maximumCard, figure: true },
  { name: 'maximumSbp', label: labels.maximumSbp, figure: true },
  {
    name: 'vatCode',
    label: labels.vatCode,
    hint: 'Как строки отмечены в кассовом чеке (54-ФЗ); решает бухгалтер',
    kind: 'select',
    options: vatCodes,
  },
  { name: 'subject', label: labels.subject, kind: 'select', options: receiptSubjects },
  { name: 'mode', label: labels.mode, kind: 'select', options: receiptModes },
]
