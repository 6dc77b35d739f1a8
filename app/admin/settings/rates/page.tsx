import type { Metadata } from 'next'
import { Badge, Card } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { day, formatDay, moscowDay } from '@/lib/units/day'
import { Frame } from '../_parts/frame'
import { AddRateForm, RemoveRateForm } from './rate-forms'

export const metadata: Metadata = { title: 'Ставки по датам — настройки' }

export default async function RatesPage({ searchParams }: PageProps<'/admin/settings/rates'>) {
  const { roles } = await requireStaff('settings.see')
  const { penaltyRates } = await currentSettings()
  const { saved } = await searchParams
  const today = moscowDay(new Date())
  const change = may(roles, 'settings.change')
  const inForce = penaltyRates.findLast(({ from }) => from <= today)
  return (
    <Frame title="Ставки по датам" saved={saved}>
      <p className="max-w-xl text-soft">
        Ставка Банка России, от которой считаются пени (статья 155 Жилищного кодекса, часть 14): до 1 января
        2027 года не больше 9,5 %. Страница месяца объясняет по ней пени, которые насчитал биллинг.
      </p>
      <WideTable label="Ставки" heads={['Действует с', 'Годовых', 'Состояние']}>
        {penaltyRates.toReversed().map(({ from, percent }) => (
          <tr key={from}>
            <th scope="row" className="px-4 py-2 font-normal">
              {formatDay(day(from))}
            </th>
            <td className="whitespace-nowrap">{percent.replace('.', ',')} %</td>
            <td>
              {from === inForce?.from ? <Badge tone="good">действует</Badge> : null}
              {from > today ? change ? <RemoveRateForm from={from} /> : <Badge>будет</Badge> : null}
            </td>
          </tr>
        ))}
      </WideTable>
      {change ? (
        <Card className="grid gap-3">
          <h2>Новая ставка</h2>
          <AddRateForm key={String(saved)} today={today} />
        </Card>
      ) : (
        <p className="text-soft">Менять настройки может администратор.</p>
      )}
    </Frame>
  )
}
