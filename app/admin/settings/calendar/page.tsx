import type { Metadata } from 'next'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import { knownYears, missingYears } from '@/lib/office/queries'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { day, formatDay } from '@/lib/units/day'
import { Frame } from '../_parts/frame'
import { MissingCalendar } from '../_parts/missing-calendar'
import { CalendarForm } from './calendar-form'

export const metadata: Metadata = { title: 'Календарь — настройки' }

export default async function CalendarPage({ searchParams }: PageProps<'/admin/settings/calendar'>) {
  const { roles } = await requireStaff('settings.see')
  const years = knownYears(await currentSettings())
  const { year } = await searchParams
  return (
    <Frame title="Календарь">
      {years.some((known) => known.loaded && String(known.year) === year) ? (
        <Notice tone="good" role="status" title={`Календарь ${year} года загружен`} />
      ) : null}
      <MissingCalendar years={missingYears(new Date())} />
      <p className="max-w-xl text-soft">
        По производственному календарю считаются рабочие дни: сроки ответов, день оплаты, закрытие приёма
        показаний.
      </p>
      <WideTable
        label="Календари"
        heads={['Год', 'Выходные среди недели', 'Рабочие субботы и воскресенья', 'Откуда']}
      >
        {years.map((known) => (
          <tr key={known.year} className="align-top">
            <th scope="row" className="px-4 py-2 font-semibold">
              {known.year}
            </th>
            <td className="min-w-64">{daysIn(known.year, known.daysOff)}</td>
            <td className="min-w-40">{daysIn(known.year, known.workingWeekends) || 'нет'}</td>
            <td>{known.loaded ? <Badge tone="good">загружен</Badge> : <Badge>вместе с сервисом</Badge>}</td>
          </tr>
        ))}
      </WideTable>
      {may(roles, 'settings.change') ? (
        <Card className="grid gap-3">
          <h2>Загрузить год</h2>
          <CalendarForm />
        </Card>
      ) : (
        <p className="text-soft">Менять настройки может администратор.</p>
      )}
    </Frame>
  )
}

/** «1, 2, 5 января; 23 февраля». */
function daysIn(year: number, days: readonly string[]): string {
  const months = [...new Set(days.map((one) => one.slice(0, 2)))]
  return months
    .map((month) => {
      const dates = days.filter((one) => one.startsWith(month)).map((one) => Number(one.slice(3)))
      const name = formatDay(day(`${year}-${month}-01`), { year: false }).split(' ')[1]
      return `${dates.join(', ')} ${name}`
    })
    .join('; ')
}
