import { WideTable } from '@/app/_ui/wide-table'
import type { Outlier, ServiceTotal } from '@/lib/exchange/schema'
import { formatAmount, kopecks } from '@/lib/units/money'
import { formatPeriod, period } from '@/lib/units/period'
import { formatCount } from './parts'
import { shareWords } from './words'

/** What the file charges by service against the month before. */
export function AgainstLastMonth({ totals }: { totals: ServiceTotal[] }) {
  const all = totals.reduce(
    (sum, { before, charged }) => ({ before: sum.before + (before?.charged ?? 0n), now: sum.now + charged }),
    { before: 0n, now: 0n },
  )
  return (
    <WideTable
      label="Начислено по услугам против прошлого месяца"
      heads={[
        'Услуга',
        'Было строк',
        'Стало строк',
        'Было начислено, ₽',
        'Стало, ₽',
        'Разница, ₽',
        'Разница, %',
      ]}
      figuresFrom={1}
    >
      {totals.map(({ service, before, rows, charged }) => (
        <tr key={service}>
          <th scope="row" className="px-4 py-2 font-medium">
            {service}
          </th>
          <td className="text-right">{before ? formatCount(before.rows) : '—'}</td>
          <td className="text-right">{formatCount(rows)}</td>
          <Moved before={before?.charged} now={charged} />
        </tr>
      ))}
      <tr className="font-semibold">
        <th scope="row" className="px-4 py-2">
          Всего
        </th>
        <td className="text-right">
          {formatCount(totals.reduce((sum, { before }) => sum + (before?.rows ?? 0), 0))}
        </td>
        <td className="text-right">{formatCount(totals.reduce((sum, { rows }) => sum + rows, 0))}</td>
        <Moved before={all.before} now={all.now} />
      </tr>
    </WideTable>
  )
}

/** Accounts whose charges moved far, with how far. */
export function Outliers({ list, count }: { list: Outlier[]; count: number }) {
  return (
    <div className="grid gap-2">
      <WideTable
        label="Счета, у которых начислено намного больше или меньше"
        heads={['ЛС', 'Месяц', 'Было начислено, ₽', 'Стало, ₽', 'Разница, ₽', 'Разница, %']}
        figuresFrom={2}
      >
        {list.map((one) => (
          <tr key={`${one.accountNumber} ${one.period}`}>
            <th scope="row" className="px-4 py-2 font-medium">
              {one.accountNumber}
            </th>
            <td>{formatPeriod(period(one.period))}</td>
            <Moved before={one.before} now={one.now} />
          </tr>
        ))}
      </WideTable>
      {count > list.length ? (
        <p className="text-soft">
          Показаны первые {formatCount(list.length)} из {formatCount(count)}.
        </p>
      ) : null}
    </div>
  )
}

function Moved({ before, now }: { before: bigint | undefined; now: bigint }) {
  const cell = 'text-right whitespace-nowrap'
  return (
    <>
      <td className={cell}>{before === undefined ? '—' : formatAmount(kopecks(before))}</td>
      <td className={cell}>{formatAmount(kopecks(now))}</td>
      <td className={cell}>{before === undefined ? '—' : signed(now - before)}</td>
      <td className={cell}>{before === undefined ? '—' : shareWords(before, now)}</td>
    </>
  )
}

function signed(amount: bigint): string {
  return `${amount > 0n ? '+' : ''}${formatAmount(kopecks(amount))}`
}
