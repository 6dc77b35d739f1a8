import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { headsFile, keepHead, lostHead, readHeads } from '@/lib/audit/heads'
import { auditConditions } from '@/lib/audit/queries'
import { type Actor, record, SERVICE } from '@/lib/audit/record'
import { recentFrom, type Verification, verifyChain } from '@/lib/audit/verify'
import { logProblem } from '@/lib/log'
import { ok, type Result } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { journalCsv, journalLines } from './files'
import type { JournalForm } from './schema'

/** «Проверить»: reckons the chain anew, of a long one the last 100,000 rows (or `rows`), and enters what came of it. */
export async function verifyRecent(staff: Staff, rows?: number): Promise<Result> {
  await enter(staff, await verifyChain(db(), await recentFrom(db(), rows)))
  return ok()
}

/** Daily: reckons the whole chain anew, compares it with the heads kept on this machine, and keeps its head. */
export async function verifyWhole(now: Date): Promise<void> {
  const found = await verifyChain(db())
  const kept = readHeads(await readFile(headsFile(), 'utf8').catch(() => ''))
  const lost = await lostHead(db(), kept)
  await enter(SERVICE, found, lost?.id)
  if (found.breach || lost) {
    const at = found.breach?.id ?? lost?.id
    logProblem('the chain of the journal is broken', new Error('broken'), { seal: at })
    return
  }
  await keepHead(db(), now)
}

async function enter(actor: Actor, { from, to, rows, breach }: Verification, lost?: number): Promise<void> {
  await db().transaction((tx) =>
    record(tx, actor, {
      action: 'audit.verified',
      subject: { kind: 'audit', id: String(to ?? 0), label: to ? `${from}–${to}` : '—' },
      after: { rows, from: from ?? null, seal: to ?? null, broken: breach?.id ?? lost ?? null },
    }),
  )
}

/** A file of the journal, made while it is taken. */
export interface JournalFile {
  name: string
  contentType: string
  bytes: AsyncGenerator<Uint8Array>
}

/**
 * «Скачать»: enters who takes what, and gives it. `csv` is what the filter finds, for reading; `jsonl` all rows of the period,
 * by whole seals, to be checked apart from the service.
 */
export async function journalFile(staff: Staff, form: JournalForm, now: Date): Promise<JournalFile> {
  const { format, from, to, action, who, subject } = form
  const filter = format === 'csv' ? { from, to, action, who, subject } : { from, to }
  await db().transaction(async (tx) => {
    const rows = await tx.$count(auditLog, auditConditions(filter))
    await record(tx, staff, {
      action: 'export.made',
      subject: { kind: 'export', id: randomUUID(), label: 'журнал' },
      after: { format, rows, from: from ?? null, to: to ?? null },
    })
  })
  const period = [from && `с ${from}`, to && `по ${to}`].filter(Boolean).join(' ')
  return {
    name: `Журнал ${period || 'весь'}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    bytes: format === 'csv' ? journalCsv(filter) : journalLines(filter, now),
  }
}
