import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { imports } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import { inspectFile, recogniseFile } from './inspect'
import { type LoadedBy, loadedBy } from './queries'
import { reportSchema, type StoredReport, uploadProblems } from './schema'

/** Days a checked file waits for «Загрузить»; then its bytes go, for they hold people's data. */
const WAIT_DAYS = 7
const LONGEST_NAME = 120

/**
 * Checks a file of billing and keeps it with the report; nothing of it is loaded. The bytes of a file that cannot be
 * loaded at all are not kept. Refused: `empty`, `unknown-kind`.
 */
export async function checkFile(
  actor: Actor,
  file: { fileName: string; bytes: Buffer },
): Promise<Result<{ id: string }, 'empty' | 'unknown-kind'>> {
  if (file.bytes.length === 0) return refused('empty', uploadProblems.empty)
  const header = await recogniseFile(file.bytes)
  if (!header) return refused('unknown-kind', uploadProblems['unknown-kind'])
  return db().transaction(async (tx) => {
    const { report } = await inspectFile(tx, header, file.bytes)
    const row = {
      kind: header.kind,
      fileName: baseName(file.fileName),
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      size: file.bytes.length,
      content: report.refusal ? null : file.bytes,
      report,
      checkedBy: actor.userId,
    }
    const [kept] = await tx.insert(imports).values(row).returning({ id: imports.id })
    if (!kept) throw new Error('an insert returned nothing')
    await record(tx, actor, {
      action: 'import.checked',
      subject: { kind: 'import', id: kept.id, label: row.fileName },
      after: { kind: row.kind, sha256: row.sha256, ...countsOf(report), refused: report.refusal !== null },
    })
    return ok(kept)
  })
}

/** Why a load did not happen. */
export type LoadRefusal = 'unknown' | 'loaded' | 'gone' | 'refused' | 'rejects'

/**
 * Loads a checked file in one transaction: in whole or not at all, and never beside another load. The file is read
 * again, for the database may have changed since the check. Rows that were rejected are left out only when the person
 * said so. Refused: `unknown`, `loaded` (already, and by whom), `gone` (waited too long), `refused` (cannot be loaded),
 * `rejects` (has rejected rows and nobody said to leave them out).
 */
export async function loadImport(
  actor: Actor,
  importId: string,
  options: { withoutRejects?: boolean } = {},
): Promise<Result<undefined, LoadRefusal>> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet import'))`)
    const [found] = await tx.select().from(imports).where(eq(imports.id, importId)).for('update')
    if (!found) return refused('unknown', 'Такой загрузки нет.')
    if (found.loadedAt) return alreadyLoaded(await loadedBy(tx, importId))
    if (reportSchema.parse(found.report).refusal) return CANNOT
    const header = found.content && (await recogniseFile(found.content))
    if (!found.content || !header) return GONE
    const { report, write } = await inspectFile(tx, header, found.content)
    if (report.refusal || report.accepted === 0) return CANNOT
    if (report.rejectCount > 0 && !options.withoutRejects) return REJECTS
    await write(tx)
    await tx
      .update(imports)
      .set({ loadedAt: sql`now()`, loadedBy: actor.userId, content: null, report })
      .where(eq(imports.id, importId))
    await record(tx, actor, {
      action: 'import.loaded',
      subject: { kind: 'import', id: importId, label: found.fileName },
      after: { kind: found.kind, sha256: found.sha256, ...countsOf(report) },
    })
    return ok()
  })
}

const CANNOT = refused('refused', 'Этот файл загрузить нельзя: причина указана в отчёте.')
const GONE = refused('gone', `Файл ждал загрузки больше ${WAIT_DAYS} дней и удалён. Проверьте его ещё раз.`)
const REJECTS = refused(
  'rejects',
  'В файле есть отклонённые строки. Исправьте их в биллинге или отметьте «Загрузить без отклонённых строк».',
)

function alreadyLoaded(by: LoadedBy | undefined) {
  return refused('loaded', `Этот файл уже загружен${by ? `: ${by.login}, ${by.when}` : ''}.`)
}

/** Drops the bytes of files that were checked and not loaded within a week: they hold people's data for nothing. Nightly. */
export async function forgetOldFiles(): Promise<void> {
  await db()
    .update(imports)
    .set({ content: null })
    .where(
      and(isNull(imports.loadedAt), lt(imports.checkedAt, sql`now() - make_interval(days => ${WAIT_DAYS})`)),
    )
}

function countsOf(report: StoredReport): Record<string, number> {
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

/** The name of the file without the folders some browsers send. */
function baseName(fileName: string): string {
  return (
    (fileName.split(/[\\/]/).at(-1) ?? '').toWellFormed().replaceAll('\0', '').slice(-LONGEST_NAME) || 'файл'
  )
}
