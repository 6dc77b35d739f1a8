import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { correctedHouseReadings, type HouseMeterView, houseMeter } from '@/lib/readings/house-pages'
import { meterId } from '@/lib/readings/meters-schema'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { formatPeriod, formatPeriodTitle } from '@/lib/units/period'
import { formatQuantity } from '@/lib/units/quantity'
import { ReadingsNav } from '../../nav'
import { CloseForm, ReadingForm } from '../forms'

export const metadata: Metadata = { title: 'Общедомовой счётчик' }

const done: Record<string, string> = {
  added: 'Счётчик добавлен',
  entered: 'Показание внесено',
  closed: 'Счётчик снят',
}

export default async function HouseMeterPage({
  params,
  searchParams,
}: PageProps<'/admin/readings/common/[id]'>) {
  const staff = await requireStaff('readings.see')
  const id = meterId.safeParse((await params).id)
  const meter = id.success ? await houseMeter(staff, id.data) : undefined
  if (!meter) notFound()
  const corrected = await correctedHouseReadings(staff, meter.id)
  const words = done[String((await searchParams).done)]
  const today = moscowDay(new Date())
  return (
    <div className="grid max-w-5xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{`${meter.title}, № ${meter.serial}`}</h1>
        {meter.removedOn ? <Badge>снят</Badge> : <Badge tone="good">стоит</Badge>}
      </div>
      <ReadingsNav />
      {words ? <Notice tone="good" role="status" title={words} /> : null}
      <p>
        <Link
          href={`/admin/readings/common?house=${encodeURIComponent(meter.house)}`}
          prefetch={false}
          className="inline-block py-1"
        >
          {meter.house}
        </Link>
        <span className="block text-soft">
          {[
            `установлен ${formatDay(meter.installedOn)}`,
            meter.removedOn ? `снят ${formatDay(meter.removedOn)}` : '',
            meter.verifiedUntil ? `поверен до ${formatDay(meter.verifiedUntil)}` : '',
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </p>
      {meter.removedOn ? null : (
        <May permission="readings.enter">
          <Card className="grid gap-3">
            <h2>Внести показание</h2>
            <ReadingForm key={meter.months.length} meter={meter.id} unit={meter.unit} today={today} />
          </Card>
        </May>
      )}
      <Months meter={meter} />
      {corrected.length > 0 ? (
        <details>
          <summary className="min-h-11 cursor-pointer py-2.5 text-water">{`Исправлено: ${corrected.length}`}</summary>
          <ul>
            {corrected.map((one) => (
              <li key={one.receivedAt.getTime()}>
                {`${formatPeriod(one.period)}: было ${formatQuantity(one.value)}, ${one.by ?? ''}, ${formatInstant(one.receivedAt)}`}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {meter.removedOn ? null : (
        <May permission="meters.change">
          <details>
            <summary className="min-h-11 cursor-pointer py-2.5 text-water">Снять счётчик…</summary>
            <CloseForm meter={meter.id} today={today} />
          </details>
        </May>
      )}
    </div>
  )
}

function Months({ meter }: { meter: HouseMeterView }) {
  if (meter.months.length === 0) return <p className="text-soft">Показаний ещё не было.</p>
  return (
    <WideTable
      label="Показания по месяцам"
      heads={['Месяц', 'Снято', `Показание, ${meter.unit}`, `Расход дома, ${meter.unit}`]}
      figuresFrom={2}
    >
      {meter.months.map(({ period, dial, takenOn, used }) => (
        <tr key={period}>
          <th scope="row" className="px-4 py-2 font-medium">
            {formatPeriodTitle(period)}
          </th>
          <td>{formatDay(takenOn)}</td>
          <td className="text-right tabular-nums">{dial}</td>
          <td className="text-right tabular-nums">{used ?? '—'}</td>
        </tr>
      ))}
    </WideTable>
  )
}
