import { Badge } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import type { ImportSummary } from '@/lib/exchange/queries'
import type { Change, Finding, ServiceTotal } from '@/lib/exchange/schema'
import { formatAmount, kopecks } from '@/lib/units/money'

/** Where an upload stands, in a word. */
export function ImportState({ of }: { of: ImportSummary }) {
  switch (of.state) {
    case 'checking':
      return <Badge tone="water">проверяется</Badge>
    case 'loading':
      return <Badge tone="water">загружается</Badge>
    case 'undoing':
      return <Badge tone="water">отменяется</Badge>
    case 'loaded':
      return <Badge tone="good">загружен</Badge>
    case 'undone':
      return <Badge>загрузка отменена</Badge>
    default:
      return <OpenState of={of} />
  }
}

function OpenState({ of: { waiting, report } }: { of: ImportSummary }) {
  if (report?.refusal) return <Badge tone="bad">отклонён</Badge>
  if (!waiting) return <Badge>не загружен, файл удалён</Badge>
  if (!report) return <Badge tone="warn">не проверен</Badge>
  if (report.rejectCount > 0) return <Badge tone="warn">есть отклонённые строки</Badge>
  return <Badge tone="water">ждёт загрузки</Badge>
}

/** What the load would change, or changed. */
export function Changes({ changes, label }: { changes: Change[]; label: string }) {
  return (
    <WideTable label={label} heads={['Записи', 'Новые', 'Изменённые', 'Без изменений']} figuresFrom={1}>
      {changes.map((change) => (
        <tr key={change.what}>
          <th scope="row" className="px-4 py-2 font-medium">
            {change.what}
          </th>
          <td className="text-right">{formatCount(change.added)}</td>
          <td className="text-right">{formatCount(change.changed)}</td>
          <td className="text-right">{formatCount(change.unchanged)}</td>
        </tr>
      ))}
    </WideTable>
  )
}

const columns = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'] as const
const heads = ['Входящее', 'Начислено', 'Перерасчёт', 'Льгота', 'Пени', 'Оплачено', 'Исходящее']

/** Sums by service, roubles. */
export function Totals({ totals }: { totals: ServiceTotal[] }) {
  const all = columns.map((column) => totals.reduce((sum, total) => sum + total[column], 0n))
  return (
    <WideTable label="Итоги по услугам, рублей" heads={['Услуга', 'Строк', ...heads]} figuresFrom={1}>
      {totals.map((total) => (
        <tr key={total.service}>
          <th scope="row" className="px-4 py-2 font-medium">
            {total.service}
          </th>
          <td className="text-right">{formatCount(total.rows)}</td>
          {columns.map((column) => (
            <td key={column} className="text-right whitespace-nowrap">
              {formatAmount(kopecks(total[column]))}
            </td>
          ))}
        </tr>
      ))}
      <tr className="font-semibold">
        <th scope="row" className="px-4 py-2">
          Всего
        </th>
        <td className="text-right">{formatCount(totals.reduce((sum, total) => sum + total.rows, 0))}</td>
        {columns.map((column, place) => (
          <td key={column} className="text-right whitespace-nowrap">
            {formatAmount(kopecks(all[place] ?? 0n))}
          </td>
        ))}
      </tr>
    </WideTable>
  )
}

/** Lines with what is wrong about them; `count` is how many there are in all. */
export function Findings({ label, list, count }: { label: string; list: Finding[]; count: number }) {
  return (
    <div className="grid gap-2">
      <WideTable label={label} heads={['Строка', 'Столбец', 'Причина']}>
        {[...list.entries()].map(([place, one]) => (
          <tr key={place}>
            <td>{one.line}</td>
            <td>{one.column || '—'}</td>
            <td>{one.reason}</td>
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

/** `7 475`, with a thin space. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}
