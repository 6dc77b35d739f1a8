import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { WideTable } from '@/app/_ui/wide-table'
import { type DoubtRow, doubtsQueue, doubtView } from '@/lib/readings/doubts-page'
import { doubtNames, doubtsFilter } from '@/lib/readings/doubts-schema'
import { photosOfMeter } from '@/lib/readings/photos'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { ReadingsNav } from '../nav'
import { Doubt } from './doubt'

export const metadata: Metadata = { title: 'Сомнения в показаниях' }

const done: Record<string, string> = {
  kept: 'Показание оставлено как есть',
  corrected: 'Показание исправлено',
  asked: 'Жильцу ушло письмо',
}
const outcomes = {
  kept: 'оставлено',
  corrected: 'исправлено',
  asked: 'спросили жильца',
  superseded: 'исправили раньше',
}
const link =
  'inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline'

export default async function DoubtsDesk({ searchParams }: PageProps<'/admin/readings/doubts'>) {
  const staff = await requireStaff('readings.see')
  const asked = await searchParams
  const filter = doubtsFilter.parse(asked)
  const { total, rows } = await doubtsQueue(staff, filter)
  const first = rows.find((row) => row.id === filter.id) ?? rows[0]
  const view = filter.state === 'open' && first ? await doubtView(staff, first.id) : undefined
  const photos = view ? await photosOfMeter(staff, view.meterId, view.period) : []
  const words = done[String(asked.done)]
  return (
    <div className="grid max-w-5xl gap-5">
      <h1>Сомнения в показаниях</h1>
      <ReadingsNav />
      {words ? <Notice tone="good" role="status" title={words} /> : null}
      <nav aria-label="Состояние" className="flex flex-wrap gap-x-5">
        {(['open', 'settled'] as const).map((state) => (
          <Link
            key={state}
            href={addressOf({ ...filter, id: undefined, state })}
            prefetch={false}
            aria-current={state === filter.state ? 'page' : undefined}
            className={link}
          >
            {state === 'open' ? 'Ждут решения' : 'Решены'}
          </Link>
        ))}
      </nav>
      <form className="flex flex-wrap items-end gap-3">
        {filter.state === 'open' ? null : <input type="hidden" name="state" value={filter.state} />}
        <div className="w-80 max-w-full">
          <SelectField name="kind" label="Что необычно" defaultValue={filter.kind ?? ''} key={filter.kind}>
            <option value="">Всё</option>
            {Object.entries(doubtNames).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
        <Button look="second">Показать</Button>
      </form>
      {view ? <Doubt key={view.id} of={view} photos={photos} /> : null}
      {rows.length === 0 ? (
        <p className="text-soft">
          {filter.state === 'open' ? 'Необычных показаний нет.' : 'Решённых сомнений пока нет.'}
        </p>
      ) : null}
      <Others rows={rows.filter((row) => row.id !== view?.id)} filter={filter} />
      {total > rows.length ? <p className="text-soft">{`Показаны ${rows.length} из ${total}`}</p> : null}
    </div>
  )
}

function addressOf({ state, kind, id }: ReturnType<typeof doubtsFilter.parse>): string {
  const query = new URLSearchParams({
    ...(state === 'open' ? {} : { state }),
    ...(kind ? { kind } : {}),
    ...(id ? { id } : {}),
  })
  return `/admin/readings/doubts${query.size > 0 ? `?${query}` : ''}`
}

function Others({ rows, filter }: { rows: DoubtRow[]; filter: ReturnType<typeof doubtsFilter.parse> }) {
  if (rows.length === 0) return null
  const open = filter.state === 'open'
  const heads = ['Что необычно', 'Счёт', 'Счётчик', 'Показание', open ? 'Получено' : 'Решение']
  return (
    <WideTable label={open ? 'Остальные сомнения' : 'Решённые сомнения'} heads={heads}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            {open ? (
              <Link
                href={addressOf({ ...filter, id: row.id })}
                prefetch={false}
                className="inline-block py-2"
              >
                {row.what}
              </Link>
            ) : (
              row.what
            )}
          </td>
          <td>{row.accountNumber}</td>
          <td>{`${row.title}, ${formatPeriod(row.period)}`}</td>
          <td className="tabular-nums">{row.dial}</td>
          <td>
            {row.outcome && row.settledAt
              ? `${outcomes[row.outcome]}, ${row.settledBy ?? 'жилец'}, ${formatInstant(row.settledAt)}`
              : formatInstant(row.raisedAt)}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}
