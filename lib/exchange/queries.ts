import { desc, eq, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { imports, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { type ImportKind, type Report, reportSchema } from './schema'

const RECENT = 50
const SERVICE_LOGIN = 'сервис'

/** Who loaded a file, and when in words. */
export interface LoadedBy {
  login: string
  when: string
}

/** An upload as the list and its own page show it. */
export interface ImportSummary {
  id: string
  kind: ImportKind
  fileName: string
  /** Bytes. */
  size: number
  checkedAt: Date
  checkedBy: string
  loadedAt: Date | null
  loadedBy: string
  /** Whether the bytes are still there to be loaded. */
  waiting: boolean
  report: Report
}

const checker = alias(users, 'checker')
const loader = alias(users, 'loader')

function summaries(reader: Reader) {
  return reader
    .select({
      id: imports.id,
      kind: imports.kind,
      fileName: imports.fileName,
      size: imports.size,
      checkedAt: imports.checkedAt,
      checkedBy: sql<string>`coalesce(${checker.login}, ${SERVICE_LOGIN})`,
      loadedAt: imports.loadedAt,
      loadedBy: sql<string>`coalesce(${loader.login}, ${SERVICE_LOGIN})`,
      waiting: sql<boolean>`${isNotNull(imports.content)}`,
      report: imports.report,
    })
    .from(imports)
    .leftJoin(checker, eq(checker.id, imports.checkedBy))
    .leftJoin(loader, eq(loader.id, imports.loadedBy))
    .$dynamic()
}

/** The latest uploads, newest first. */
export async function importsPage(_staff: Staff): Promise<ImportSummary[]> {
  const found = await summaries(db()).orderBy(desc(imports.checkedAt), desc(imports.id)).limit(RECENT)
  return found.map((row) => ({ ...row, report: reportSchema.parse(row.report) }))
}

/** One upload with its report; undefined when there is none of that id. */
export async function importReport(_staff: Staff, id: string): Promise<ImportSummary | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await summaries(db()).where(eq(imports.id, id))
  return found && { ...found, report: reportSchema.parse(found.report) }
}

/** Who loaded that upload and when; undefined when it is not loaded. */
export async function loadedBy(reader: Reader, id: string): Promise<LoadedBy | undefined> {
  const [found] = await summaries(reader).where(eq(imports.id, id))
  return found?.loadedAt ? { login: found.loadedBy, when: formatInstant(found.loadedAt) } : undefined
}
