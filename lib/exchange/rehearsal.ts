import type { Tx } from '@/db/client'
import { startOfMoscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, period } from '@/lib/units/period'
import type { Profile } from './profile'
import { firstRejects } from './rejects'
import type { StoredReport } from './schema'
import type { Staged } from './stage'
import type { Incoming } from './target'
import { targetOf } from './targets'
import type { Upload } from './work'

/** Longest list kept in a report; the counts beside it are whole. */
const LIST = 300

/** What the comparison adds to a report; `changes` is given when the rows were written already. */
type Compared = Pick<
  StoredReport,
  'changes' | 'totals' | 'outlierShare' | 'outlierCount' | 'outliers' | 'absent'
>
const nothing: Compared = {
  changes: [],
  totals: [],
  outlierShare: 0,
  outlierCount: 0,
  outliers: [],
  absent: 0,
}

/** The report of an upload whose rows stand in `incoming`: what loading it would change; writes nothing. */
export async function rehearse(
  tx: Tx,
  upload: Upload,
  profile: Profile,
  { findings, incoming }: Staged,
): Promise<StoredReport> {
  const { rows, refusal, heading } = findings
  const beside = refusal ? [] : ((await targetOf(profile.kind).warnings?.(tx)) ?? [])
  const rejects = await firstRejects(tx, upload.id, LIST)
  return {
    rows,
    accepted: refusal ? 0 : rows - rejects.count,
    refusal,
    rejectCount: rejects.count,
    rejects: rejects.first,
    warningCount: findings.warningCount + beside.length,
    warnings: [...findings.warnings, ...beside].toSorted((a, b) => a.line - b.line).slice(0, LIST),
    heading,
    control: profile.control === 'line',
    periods: [...incoming.months],
    ...nothing,
    ...(refusal ? {} : await compared(tx, profile, incoming)),
  }
}

async function compared(tx: Tx, profile: Profile, incoming: Incoming): Promise<Partial<Compared>> {
  const target = targetOf(profile.kind)
  const changes = await target.compare(tx, incoming)
  const absent = await target.absent(tx, incoming)
  return { changes, absent, ...(await target.extra?.(tx, incoming)) }
}

/** The report of a check with what is left out now, after the comparison before the load. */
export async function reportOfLoad(tx: Tx, upload: Upload, report: StoredReport): Promise<StoredReport> {
  const rejects = await firstRejects(tx, upload.id, LIST)
  return {
    ...report,
    accepted: report.rows - rejects.count,
    rejectCount: rejects.count,
    rejects: rejects.first,
  }
}

/** «Данные на» of a file that does not say: the end of its latest month, Moscow time. */
export function defaultAsOf({ kind }: Profile, { periods }: StoredReport): Date | null {
  const last = periods.at(-1)
  return kind === 'charges' && last ? startOfMoscowDay(dayOfPeriod(addMonths(period(last), 1), 1)) : null
}

/** The counts of a report for the journal. */
export function countsOf(report: StoredReport): Record<string, number> {
  const sum = (pick: 'added' | 'changed' | 'unchanged') =>
    report.changes.reduce((total, change) => total + change[pick], 0)
  return {
    rows: report.rows,
    rejected: report.rejectCount,
    added: sum('added'),
    changed: sum('changed'),
    unchanged: sum('unchanged'),
  }
}
