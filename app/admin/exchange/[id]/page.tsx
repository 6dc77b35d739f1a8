import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { May } from '@/app/_ui/may'
import { type ImportView, importReport } from '@/lib/exchange/queries'
import { requireStaff } from '@/lib/session/require'
import { ImportState } from '../parts'
import { Facts } from './facts'
import { LoadForm } from './load-form'
import { Outcome } from './outcome'
import { ReadAs } from './read-as'
import { ReportSections } from './report'
import { Undo } from './undo'
import { WorkUnderWay } from './work'

export const metadata: Metadata = { title: 'Проверка файла' }

export default async function ImportPage({ params, searchParams }: PageProps<'/admin/exchange/[id]'>) {
  const staff = await requireStaff('exchange.see')
  const found = await importReport(staff, (await params).id)
  if (!found) notFound()
  const { already, undo, problem } = await searchParams
  const atWork = found.state === 'checking' || found.state === 'loading' || found.state === 'undoing'
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
      {atWork ? (
        <WorkUnderWay of={found} />
      ) : (
        <>
          <Outcome of={found} already={already !== undefined} />
          {canBeLoaded(found) ? (
            <May permission="exchange.load">
              <LoadForm importId={found.id} rejects={hasRejects(found)} />
            </May>
          ) : null}
        </>
      )}
      <Facts of={found} />
      {found.state === 'loaded' ? (
        <May permission="exchange.load">
          <Undo importId={found.id} asked={undo !== undefined} />
        </May>
      ) : null}
      <ReportSections of={found} />
      {found.preview ? <ReadAs staff={staff} of={found} badAsOf={problem === 'as-of'} /> : null}
    </div>
  )
}

function canBeLoaded({ state, report, waiting, needsOther }: ImportView): boolean {
  return (
    state === 'checked' &&
    report !== null &&
    report.refusal === null &&
    report.accepted > 0 &&
    waiting &&
    !needsOther
  )
}

function hasRejects({ report }: ImportView): boolean {
  return report !== null && report.rejectCount > 0
}
