import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { importRejects } from '@/db/schema'
import type { Profile } from './profile'
import { storedFile } from './queries'
import { type Batch, readFile } from './reading'
import type { Finding } from './schema'
import { stagingTable } from './staging'
import type { Upload } from './work'

/** More rejected lines than these, and the file is not what it is taken for: it is refused as a whole. */
export const MOST_REJECTS = 100_000
export const TOO_MANY: Finding = {
  line: 0,
  column: '',
  reason: 'Отклонено больше 100 000 строк: похоже, выбран не тот профиль или это не та выгрузка',
}

/** Keeps lines that could not be read, with their cells. */
export async function keepUnread(importId: string, rejected: Batch['rejected']): Promise<void> {
  if (rejected.length === 0) return
  const rows = rejected.map((row) => ({ importId, ...row }))
  for (let from = 0; from < rows.length; from += 1_000)
    await db()
      .insert(importRejects)
      .values(rows.slice(from, from + 1_000))
      .onConflictDoNothing()
}

const expelled = z.array(z.object({ line: z.number(), field: z.string(), reason: z.string() }))

/**
 * Keeps the staged lines the database's own comparison rejected, with their cells as they stand in the file, and forgets
 * those it no longer does. Returns why the whole file is refused, when they are too many.
 */
export async function keepExpelled(tx: Tx, upload: Upload, profile: Profile): Promise<Finding | null> {
  const staged = stagingTable(upload)
  await tx.execute(sql`
    delete from import_rejects r using ${staged} s
    where r.import_id = ${upload.id} and s.line = r.line and s.reject is null`)
  const { rows } = await tx.execute(sql`
    select line, reject_field as field, reject as reason from ${staged} s where reject is not null
      and not exists (select 1 from import_rejects r where r.import_id = ${upload.id} and r.line = s.line)
    order by line limit ${MOST_REJECTS + 1}`)
  const found = new Map(expelled.parse(rows).map((row) => [row.line, row]))
  const kept = await tx.$count(importRejects, eq(importRejects.importId, upload.id))
  if (found.size + kept > MOST_REJECTS) return TOO_MANY
  if (found.size === 0) return null
  for await (const { accepted } of readFile(storedFile(tx, upload), profile)) {
    const wanted = accepted.flatMap(({ line, cells }) => {
      const why = found.get(line)
      found.delete(line)
      return why
        ? [{ importId: upload.id, line, column: columnOf(profile, why.field), reason: why.reason, cells }]
        : []
    })
    for (let from = 0; from < wanted.length; from += 1_000)
      await tx.insert(importRejects).values(wanted.slice(from, from + 1_000))
    if (found.size === 0) break
  }
  return null
}

/** The heading of a field's column, or its number where columns go by number. */
function columnOf(profile: Profile, field: string): string {
  const column = profile.columns[field]
  if (column === undefined) return ''
  return typeof column === 'number' ? String(column) : (column[0] ?? '')
}

/** The first rejected lines of an upload, and how many there are. */
export async function firstRejects(
  tx: Tx,
  importId: string,
  limit: number,
): Promise<{ count: number; first: Finding[] }> {
  const first = await tx
    .select({ line: importRejects.line, column: importRejects.column, reason: importRejects.reason })
    .from(importRejects)
    .where(eq(importRejects.importId, importId))
    .orderBy(asc(importRejects.line))
    .limit(limit)
  return { count: await tx.$count(importRejects, eq(importRejects.importId, importId)), first }
}
