import { WideTable } from '@/app/_ui/wide-table'
import { auditActions, auditSubjects } from '@/lib/audit/catalogue'
import type { auditPage } from '@/lib/audit/queries'
import { formatInstant } from '@/lib/units/day'
import { details, subjectWords } from './words'

type Row = Awaited<ReturnType<typeof auditPage>>['rows'][number]

const actions: Record<string, string> = auditActions
const subjects: Record<string, string> = auditSubjects

/** Rows of the journal: when, who, what, on what, from where. */
export function AuditTable({ rows }: { rows: Row[] }) {
  return (
    <WideTable
      label="Записи журнала"
      heads={['Когда', 'Кто', 'Что сделано', 'О чём', 'Подробности', 'Откуда']}
    >
      {rows.map((row) => (
        <tr key={row.id} className="align-top">
          <td className="whitespace-nowrap">{formatInstant(row.at)}</td>
          <td>{row.actorLogin}</td>
          <td>{actions[row.action] ?? row.action}</td>
          <td>
            {subjects[row.subjectKind] ?? row.subjectKind} {subjectWords(row.subjectLabel)}
          </td>
          <td className="text-soft">{details(row)}</td>
          <td>{row.address || '—'}</td>
        </tr>
      ))}
    </WideTable>
  )
}
