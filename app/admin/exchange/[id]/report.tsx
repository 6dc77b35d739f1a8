import type { ReactNode } from 'react'
import type { ImportView } from '@/lib/exchange/queries'
import { AgainstLastMonth, Outliers } from '../comparison'
import { Changes, Findings, formatCount, Totals } from '../parts'

/** What the check found, part by part; parts with nothing in them are left out. */
export function ReportSections({ of: { id, report, state } }: { of: ImportView }) {
  if (!report) return null
  const done = state === 'loaded' || state === 'undone'
  return (
    <>
      {report.changes.length > 0 ? (
        <Section title={done ? 'Что изменилось' : 'Что изменится'}>
          <Changes changes={report.changes} label="Изменения" />
          {report.absent > 0 ? (
            <p className="text-soft">
              Записей, которые есть в базе, но не в файле: {formatCount(report.absent)}. Они останутся как
              есть.
            </p>
          ) : null}
        </Section>
      ) : null}
      {report.rejectCount > 0 ? (
        <Section title={`Отклонённые строки: ${formatCount(report.rejectCount)}`}>
          <p>
            <a href={`/admin/exchange/${id}/rejects`} className="inline-flex min-h-11 items-center">
              Скачать отклонённые строки
            </a>
          </p>
          <Findings label="Отклонённые строки" list={report.rejects} count={report.rejectCount} />
        </Section>
      ) : null}
      {report.warningCount > 0 ? (
        <Section title={`Предупреждения: ${formatCount(report.warningCount)}`}>
          <p className="text-soft">Такие строки загружаются как есть.</p>
          <Findings label="Предупреждения" list={report.warnings} count={report.warningCount} />
        </Section>
      ) : null}
      {report.totals.some(({ before }) => before) ? (
        <Section title="Начислено против прошлого месяца">
          <AgainstLastMonth totals={report.totals} />
        </Section>
      ) : null}
      {report.totals.length > 0 ? (
        <Section title="Итоги по услугам, ₽">
          <Totals totals={report.totals} />
        </Section>
      ) : null}
      {report.outlierCount > 0 ? (
        <Section
          title={`Начислено больше или меньше прошлого месяца на ${report.outlierShare} % и сильнее: ${formatCount(report.outlierCount)}`}
        >
          <details>
            <summary className="min-h-11 cursor-pointer py-2.5 text-water">Показать счета</summary>
            <Outliers list={report.outliers} count={report.outlierCount} />
          </details>
        </Section>
      ) : null}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
