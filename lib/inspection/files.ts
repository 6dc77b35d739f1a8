import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { streamRows } from '@/db/stream'
import { auditActions, auditSubjects } from '@/lib/audit/catalogue'
import { canonicalLine, headOf, sealsFrom } from '@/lib/audit/chain'
import type { SealLine } from '@/lib/audit/journal-file'
import { type AuditFilter, auditConditions } from '@/lib/audit/queries'
import { csvLine } from '@/lib/units/sheet'

const actions: Record<string, string> = auditActions
const subjects: Record<string, string> = auditSubjects

const csvRow = z.object({
  id: z.string(),
  at: z.string(),
  actor_login: z.string(),
  action: z.string(),
  subject_kind: z.string(),
  subject_label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  address: z.string(),
  seal: z.number().nullable(),
})

/** What a filter finds, oldest first, for reading: a line per row with the number of the seal it lies under. */
export async function* journalCsv(filter: AuditFilter): AsyncGenerator<Uint8Array> {
  const line = (cells: (string | null)[]) => csvLine(cells.map((text) => ({ text: text ?? '' })))
  const heads = [
    '№',
    'Когда (Москва)',
    'Кто',
    'Что сделано',
    'О чём',
    'Номер',
    'Было',
    'Стало',
    'Откуда',
    'Печать',
  ]
  yield Buffer.from(`\uFEFF${line(heads)}`)
  const query = sql`
    select id::text, to_char(at at time zone 'Europe/Moscow', 'DD.MM.YYYY HH24:MI:SS') as at, actor_login, action,
      subject_kind, subject_label, before::text, after::text, address,
      (select s.id from audit_seals s where s.to_id >= ${auditLog.id} order by s.to_id limit 1) as seal
    from ${auditLog} where ${auditConditions(filter) ?? sql`true`} order by ${auditLog.id}`
  for await (const rows of streamRows(query)) {
    const lines = z
      .array(csvRow)
      .parse(rows)
      .map((row) =>
        line([
          ...[row.id, row.at, row.actor_login, actions[row.action] ?? row.action],
          ...[subjects[row.subject_kind] ?? row.subject_kind, row.subject_label],
          ...[row.before, row.after, row.address, row.seal === null ? '' : String(row.seal)],
        ]),
      )
    yield Buffer.from(lines.join(''))
  }
}

/**
 * The rows of a period by whole seals, to be checked apart from the service: a line of the file, then for each seal its own
 * line and the canonical lines of its rows, at last the rows no seal holds yet (docs/decisions/0021).
 */
export async function* journalLines(
  period: Pick<AuditFilter, 'from' | 'to'>,
  now: Date,
): AsyncGenerator<Uint8Array> {
  const head = await headOf(db())
  const span = await spanOf(period)
  yield json({
    journal: 'docs/decisions/0021',
    exportedAt: now.toISOString(),
    from: period.from,
    to: period.to,
  })
  if (!span) return
  for (let next = await sealOver(span.first); next !== undefined; ) {
    const [before, seal] = await withBefore(next)
    if (!seal || seal.fromId > span.last) return
    yield json({
      seal: seal.id,
      ...{ from_id: seal.fromId, to_id: seal.toId, rows: seal.rows },
      ...{ before, hash: seal.hash },
    } satisfies SealLine)
    yield Buffer.from(await linesBetween(seal.fromId, seal.toId))
    next = head && seal.id < head.id ? seal.id + 1 : undefined
  }
  const loose = Math.max((head?.toId ?? 0) + 1, span.first)
  if (loose > span.last) return
  yield json({
    seal: null,
    from_id: loose,
    to_id: null,
    rows: null,
    before: null,
    hash: null,
  } satisfies SealLine)
  yield Buffer.from(await linesBetween(loose, span.last))
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

const NO_HASH = '00'.repeat(32)

/** A seal by its id, or the next one there is, and the hash it continues. */
async function withBefore(id: number) {
  const [seal] = await sealsFrom(db(), id, 1)
  const { rows } = await db().execute(
    sql`select encode(hash, 'hex') as hash from audit_seals where id < ${seal?.id ?? 0} order by id desc limit 1`,
  )
  return [z.array(z.object({ hash: z.string() })).parse(rows)[0]?.hash ?? NO_HASH, seal] as const
}

/** The seal a row lies under; undefined when none holds it yet. */
async function sealOver(row: number): Promise<number | undefined> {
  const { rows } = await db().execute(
    sql`select id from audit_seals where to_id >= ${row} order by to_id limit 1`,
  )
  return z.array(z.object({ id: z.number() })).parse(rows)[0]?.id
}

/** The first and the last row of a period. */
async function spanOf(period: Pick<AuditFilter, 'from' | 'to'>) {
  const { rows } = await db().execute(sql`
    select min(${auditLog.id})::text as first, max(${auditLog.id})::text as last from ${auditLog}
    where ${auditConditions(period) ?? sql`true`}`)
  const shape = z.object({ first: z.coerce.number(), last: z.coerce.number() })
  return shape.safeParse(rows[0]).data
}

async function linesBetween(from: number, to: number): Promise<string> {
  const { rows } = await db().execute(sql`
    select coalesce(string_agg(${canonicalLine}, '' order by r.id), '') as lines from audit_log r
    where r.id between ${from} and ${to}`)
  return z.array(z.object({ lines: z.string() })).parse(rows)[0]?.lines ?? ''
}
