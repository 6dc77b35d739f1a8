import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { type CorrectionForStaff, correctionsQueue } from '@/lib/readings/corrections-page'
import { correctionsFilter } from '@/lib/readings/corrections-schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { ReadingsNav } from '../nav'
import { DecisionForms } from './decision-forms'

export const metadata: Metadata = { title: 'Исправления показаний' }

const states = [
  { state: 'open', name: 'Ждут решения', href: '/admin/readings/corrections' },
  { state: 'settled', name: 'Решены', href: '/admin/readings/corrections?state=settled' },
] as const
const done: Record<string, string> = {
  accepted: 'Показание исправлено. Жильцу ушло письмо',
  refused: 'Показание осталось прежним. Жильцу ушло письмо',
}

export default async function CorrectionsDesk({ searchParams }: PageProps<'/admin/readings/corrections'>) {
  const staff = await requireStaff('readings.see')
  const asked = await searchParams
  const { state, id } = correctionsFilter.parse(asked)
  const { total, rows } = await correctionsQueue(staff, state)
  const first = rows.find((row) => row.id === id) ?? rows[0]
  const words = done[String(asked.done)]
  return (
    <div className="grid max-w-5xl gap-5">
      <h1>Исправления после передачи</h1>
      <ReadingsNav />
      {words ? <Notice tone="good" role="status" title={words} /> : null}
      <nav aria-label="Состояние запросов" className="flex flex-wrap gap-x-5">
        {states.map((one) => (
          <Link
            key={one.state}
            href={one.href}
            prefetch={false}
            aria-current={one.state === state ? 'page' : undefined}
            className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
          >
            {one.name}
          </Link>
        ))}
      </nav>
      <p className="text-soft">
        Жильцы просят исправить то, что биллинг уже забрал. Исправленное войдёт в список{' '}
        <May permission="exchange.see" otherwise={'«Исправления после передачи»'}>
          <Link href="/admin/exchange/out" prefetch={false} className="inline-block py-1">
            «Исправления после передачи»
          </Link>
        </May>{' '}
        того же месяца.
      </p>
      {rows.length === 0 ? (
        <p className="text-soft">{state === 'open' ? 'Запросов нет.' : 'Решённых запросов пока нет.'}</p>
      ) : null}
      {total > rows.length ? <p className="text-soft">{`Показаны ${rows.length} из ${total}`}</p> : null}
      {state === 'open' ? (
        <>
          {first ? <Request key={first.id} of={first} /> : null}
          <Others rows={rows.filter((row) => row !== first)} />
        </>
      ) : (
        rows.map((row) => <Request key={row.id} of={row} />)
      )}
    </div>
  )
}

function Others({ rows }: { rows: readonly CorrectionForStaff[] }) {
  if (rows.length === 0) return null
  return (
    <WideTable label="Остальные запросы" heads={['Запрос', 'Счёт', 'Передано', 'Просят записать', 'Получен']}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <Link
              href={`/admin/readings/corrections?id=${row.id}`}
              prefetch={false}
              className="inline-block py-2"
            >
              {`${row.title}, ${formatPeriod(row.period)}`}
            </Link>
          </td>
          <td>{row.accountNumber}</td>
          <td className="tabular-nums">{dials(row.current)}</td>
          <td className="tabular-nums">{dials(row.wanted)}</td>
          <td className="whitespace-nowrap">{formatInstant(row.askedAt)}</td>
        </tr>
      ))}
    </WideTable>
  )
}

function Request({ of }: { of: CorrectionForStaff }) {
  const account = `/admin/accounts/${encodeURIComponent(of.accountNumber)}`
  return (
    <Card className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2>{`${of.title}, ${formatPeriod(of.period)}`}</h2>
        {of.outcome === 'accepted' ? <Badge tone="good">исправлено</Badge> : null}
        {of.outcome === 'refused' ? <Badge>отказано</Badge> : null}
      </div>
      <p>
        <Link href={account} prefetch={false} className="inline-block py-1">
          {`Счёт ${of.accountNumber}`}
        </Link>
        {`, ${of.address}, `}
        <Link href={`${account}/meters/${of.meterId}`} prefetch={false} className="inline-block py-1">
          {`счётчик № ${of.serial}`}
        </Link>
        <span className="block text-soft">{`Запрос от ${formatInstant(of.askedAt)}`}</span>
      </p>
      <dl className="grid max-w-lg grid-cols-[auto_1fr] gap-x-6">
        <dt className="text-soft">{of.outcome ? 'Сейчас записано' : 'Передано'}</dt>
        <dd className="tabular-nums">{dials(of.current)}</dd>
        <dt className="text-soft">Просят записать</dt>
        <dd className="font-semibold tabular-nums">{dials(of.wanted)}</dd>
      </dl>
      {of.note ? <p className="whitespace-pre-line">{`«${of.note}»`}</p> : null}
      {of.settledAt ? (
        <p className="text-soft">
          {`${of.settledBy ?? ''}, ${formatInstant(of.settledAt)}${of.reason ? `. Причина: ${of.reason}` : ''}`}
        </p>
      ) : (
        <May permission="readings.settle">
          <DecisionForms correction={of.id} />
        </May>
      )}
    </Card>
  )
}

function dials(of: readonly { name: string | undefined; dial: string }[]): string {
  return of.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial)).join(', ') || 'ничего'
}
