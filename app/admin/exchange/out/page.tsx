import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { exportsPage } from '@/lib/exchange/export-queries'
import { monthField } from '@/lib/exchange/export-schema'
import { requireStaff } from '@/lib/session/require'
import { formatPeriod } from '@/lib/units/period'
import { ExchangeNav } from '../nav'
import { PaymentsHandOver, ReadingsHandOver } from './hand-over'
import { HandedNotice, History } from './history'
import { DownloadCard } from './lists'

export const metadata: Metadata = { title: 'Выгрузки для биллинга' }

export default async function ExportsPage({ searchParams }: PageProps<'/admin/exchange/out'>) {
  const staff = await requireStaff('exchange.see')
  const { period: wanted, handed, reopened } = await searchParams
  const page = await exportsPage(staff, monthField.safeParse(wanted).data, new Date())
  const { period, periods, choices } = page
  const month = formatPeriod(period)
  return (
    <div className="grid gap-5">
      <h1>Выгрузки для биллинга</h1>
      <ExchangeNav />
      <HandedNotice history={page.history} handed={handed} />
      {reopened === undefined ? null : (
        <Notice tone="good" role="status" title={`Показания за ${month} снова можно исправлять`} />
      )}
      <form className="flex flex-wrap items-end gap-3">
        <div className="w-64">
          <SelectField name="period" label="Месяц" defaultValue={period} key={period}>
            {periods.map((one) => (
              <option key={one} value={one}>
                {formatPeriod(one)}
              </option>
            ))}
          </SelectField>
        </div>
        <Button look="second">Показать</Button>
      </form>
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <DownloadCard
          kind="readings"
          title={`Показания за ${month}`}
          period={period}
          choice={choices.readings}
        >
          <ReadingsHandOver page={page} />
        </DownloadCard>
        <DownloadCard
          kind="corrections"
          title={`Исправления после передачи за ${month}`}
          period={period}
          choice={choices.corrections}
        />
        <DownloadCard kind="payments" title="Платежи, принятые здесь" choice={choices.payments}>
          <PaymentsHandOver page={page} />
        </DownloadCard>
        <DownloadCard
          kind="missing-readings"
          title={`Счета без показаний за ${month}, по домам`}
          period={period}
          choice={choices['missing-readings']}
        />
        <DownloadCard
          kind="paperless"
          title="Квитанция на почту вместо бумажной"
          choice={choices.paperless}
        />
      </div>
      <History history={page.history} />
    </div>
  )
}
