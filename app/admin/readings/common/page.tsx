import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { allHouses, houseMetersOf, housesWithMeters } from '@/lib/readings/house-pages'
import { requireStaff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'
import { ReadingsNav } from '../nav'
import { AddForm } from './forms'

export const metadata: Metadata = { title: 'Общедомовые счётчики' }

export default async function CommonPage({ searchParams }: PageProps<'/admin/readings/common'>) {
  const staff = await requireStaff('readings.see')
  const { house: wanted } = await searchParams
  const house = typeof wanted === 'string' ? cleanLine(wanted) : ''
  const now = new Date()
  const [houses, known] = await Promise.all([housesWithMeters(staff), allHouses(staff)])
  return (
    <div className="grid max-w-5xl gap-5">
      <h1>Общедомовые счётчики</h1>
      <ReadingsNav />
      {houses.length === 0 ? (
        <p className="text-soft">Общедомовых счётчиков ещё нет. Добавьте первый.</p>
      ) : null}
      {houses.length > 0 ? (
        <nav aria-label="Дома" className="flex flex-wrap gap-x-5">
          {houses.map((one) => (
            <Link
              key={one.house}
              href={`/admin/readings/common?house=${encodeURIComponent(one.house)}`}
              prefetch={false}
              aria-current={one.house === house ? 'page' : undefined}
              className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {`${one.house} (${one.meters})`}
            </Link>
          ))}
        </nav>
      ) : null}
      {house ? <Meters meters={await houseMetersOf(staff, house, now)} /> : null}
      <May permission="meters.change">
        <section className="grid gap-3">
          <h2>Добавить счётчик</h2>
          <AddForm house={house} houses={known} today={moscowDay(now)} />
        </section>
      </May>
    </div>
  )
}

function Meters({ meters }: { meters: Awaited<ReturnType<typeof houseMetersOf>> }) {
  const heads = ['Счётчик', 'Номер', 'Последнее показание', 'Расход дома', 'Поверен до', 'Состояние']
  if (meters.length === 0) return <p className="text-soft">В этом доме общедомовых счётчиков нет.</p>
  return (
    <WideTable label="Счётчики дома" heads={heads}>
      {meters.map(({ id, title, serial, unit, months: [last], verifiedUntil, removedOn }) => (
        <tr key={id}>
          <th scope="row" className="px-4 py-2 font-medium">
            <Link href={`/admin/readings/common/${id}`} prefetch={false} className="inline-block py-1">
              {title}
            </Link>
          </th>
          <td>{serial}</td>
          <td className="tabular-nums">
            {last ? `${last.dial} ${unit}, ${formatPeriod(last.period)}` : '—'}
          </td>
          <td className="tabular-nums">{last?.used ? `${last.used} ${unit}` : '—'}</td>
          <td>{verifiedUntil ? formatDay(verifiedUntil) : '—'}</td>
          <td>{removedOn ? <Badge>{`снят ${formatDay(removedOn)}`}</Badge> : 'стоит'}</td>
        </tr>
      ))}
    </WideTable>
  )
}
