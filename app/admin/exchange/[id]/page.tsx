import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { type ImportSummary, importReport } from '@/lib/exchange/queries'
import { importKindNames } from '@/lib/exchange/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import { Changes, Findings, formatCount, ImportState, Totals } from '../parts'
import { LoadForm } from './load-form'
import { Outcome } from './outcome'

export const metadata: Metadata = { title: 'Проверка файла' }

export default async function ImportPage({ params, searchParams }: PageProps<'/admin/exchange/[id]'>) {
  const staff = await requireStaff()
  const found = await importReport(staff, (await params).id)
  if (!found) notFound()
  const { report, loadedAt } = found
  const open = !loadedAt && !report.refusal && found.waiting && report.accepted > 0
  return (
    <div className="grid gap-5">
      <p>
        <Link href="/admin/exchange" prefetch={false} className="inline-flex min-h-11 items-center">
          ← К списку файлов
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <h1>{found.fileName}</h1>
        <ImportState of={found} />
      </div>
      <Outcome of={found} already={(await searchParams).already !== undefined} />
      <Facts of={found} />
      {report.changes.length > 0 ? (
        <Section title={loadedAt ? 'Что изменилось' : 'Что изменится'}>
          <Changes changes={report.changes} label="Изменения" />
          {report.absent > 0 ? (
            <p className="text-soft">
              Записей, которые есть в базе, но не в файле: {formatCount(report.absent)}. Они останутся как
              есть.
            </p>
          ) : null}
        </Section>
      ) : null}
      {open ? <LoadForm importId={found.id} rejects={report.rejectCount > 0} /> : null}
      {report.rejectCount > 0 ? (
        <Section title={`Отклонённые строки: ${formatCount(report.rejectCount)}`}>
          <Findings label="Отклонённые строки" list={report.rejects} count={report.rejectCount} />
        </Section>
      ) : null}
      {report.warningCount > 0 ? (
        <Section title={`Предупреждения: ${formatCount(report.warningCount)}`}>
          <p className="text-soft">Такие строки загружаются как есть.</p>
          <Findings label="Предупреждения" list={report.warnings} count={report.warningCount} />
        </Section>
      ) : null}
      {report.totals.length > 0 ? (
        <Section title="Итоги по услугам, ₽">
          <Totals totals={report.totals} />
        </Section>
      ) : null}
    </div>
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

function Facts({ of }: { of: ImportSummary }) {
  const { report } = of
  const facts = [
    ['Что в файле', importKindNames[of.kind]],
    ...(report.periods.length
      ? [['Периоды', report.periods.map((one) => formatPeriod(period(one))).join(', ')]]
      : []),
    ['Строк', formatCount(report.rows)],
    ['Принято', formatCount(report.accepted)],
    ['Отклонено', formatCount(report.rejectCount)],
    ['Кодировка', report.encoding === 'utf-8' ? 'UTF-8' : 'cp1251'],
    ['Кто проверил', `${of.checkedBy}, ${formatInstant(of.checkedAt)}`],
  ]
  return (
    <Card className="max-w-3xl">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
