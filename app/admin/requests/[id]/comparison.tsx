import { Badge } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import type { Piece } from '@/lib/requests/addresses'
import type { ComparisonRow, Verdict } from '@/lib/requests/comparison'

const tones: Record<Verdict, 'good' | 'warn' | 'bad' | 'plain'> = {
  same: 'good',
  known: 'good',
  close: 'warn',
  different: 'bad',
  unknown: 'plain',
}

/** What the request says beside what billing knows, with the differing parts marked. */
export function Comparison({ rows }: { rows: readonly ComparisonRow[] }) {
  return (
    <WideTable label="Сравнение с биллингом" heads={['Что', 'В заявке', 'В биллинге', 'Итог']}>
      {rows.map((row) => (
        <tr key={row.label}>
          <th scope="row" className="px-4 py-2 font-normal whitespace-nowrap text-soft">
            {row.label}
          </th>
          <td className="min-w-48">
            <Pieces pieces={row.inRequest} />
          </td>
          <td className="min-w-48">
            <Pieces pieces={row.inBilling} />
          </td>
          <td>
            <Badge tone={tones[row.verdict]}>{row.words}</Badge>
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.length === 0) return <span className="text-soft">—</span>
  let at = 0
  return pieces.map(({ text, marked }) => {
    at += text.length
    return marked ? (
      <mark key={at} className="rounded bg-warn-wash px-1 font-medium text-warn">
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    )
  })
}
