import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { accountsTarget } from './accounts-target'
import { chargesTarget } from './charges-target'
import { BrokenFileError, detectEncoding, type Line, readLines } from './formats'
import { type Recognised, recognise } from './header'
import { accountsLayout, chargesLayout, type Layout, layouts, metersLayout } from './layouts'
import { metersTarget } from './meters-target'
import { FileReading, type Findings } from './reading'
import type { Finding, StoredReport } from './schema'
import { closeStaging, openStaging, stage, type Target } from './staging'

const CHUNK = 5_000
/** Longest list kept in a report; the counts beside it are whole. */
const LIST = 300

/** A file read into `incoming`: what was found, and how to write what may be written. */
export interface Inspection {
  report: StoredReport
  write: (tx: Tx) => Promise<void>
}

/** What kind of file the bytes are, by their first line; undefined for none of ours. */
export async function recogniseFile(bytes: Buffer): Promise<Recognised | undefined> {
  try {
    const first = await readLines(bytes).next()
    return first.done ? undefined : recognise(first.value.cells, layouts)
  } catch (error) {
    if (error instanceof BrokenFileError) return undefined
    throw error
  }
}

/** Reads a whole file into the transaction's table `incoming` and compares it with the database; writes nothing. */
export function inspectFile(tx: Tx, header: Recognised, bytes: Buffer): Promise<Inspection> {
  if (header.kind === 'accounts') return inspect(tx, accountsLayout, accountsTarget, header, bytes)
  if (header.kind === 'meters') return inspect(tx, metersLayout, metersTarget, header, bytes)
  return inspect(tx, chargesLayout, chargesTarget, header, bytes)
}

async function inspect<Row>(
  tx: Tx,
  layout: Layout<Row>,
  target: Target<Row>,
  header: Recognised,
  bytes: Buffer,
): Promise<Inspection> {
  await openStaging(tx, target)
  const findings = await readInto(tx, layout, target, header, bytes)
  await closeStaging(tx)
  const expelled = findings.refusal ? [] : await target.expel(tx)
  for (const { line, field, reason } of expelled) {
    findings.rejects.push({ line, column: layout.columns[field] ?? '', reason })
  }
  const compared = findings.refusal ? nothing : await compareWith(tx, target, layout)
  return { report: reportOf(findings, bytes, compared), write: target.write }
}

async function readInto<Row>(
  tx: Tx,
  layout: Layout<Row>,
  target: Target<Row>,
  header: Recognised,
  bytes: Buffer,
): Promise<Findings> {
  const lines = readLines(bytes)
  const first = await lines.next()
  const reading = new FileReading(layout, header, first.done ? 0 : first.value.cells.length)
  await takeAll(reading, lines, () => stage(tx, target, reading.drain()))
  await stage(tx, target, reading.drain())
  return reading.finish()
}

async function takeAll<Row>(
  reading: FileReading<Row>,
  lines: AsyncGenerator<Line>,
  flush: () => Promise<void>,
): Promise<void> {
  try {
    for await (const line of lines) {
      reading.take(line)
      if (reading.findings.refusal) return
      if (reading.waiting >= CHUNK) await flush()
    }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    reading.breakOff(error.line)
  }
}

type Compared = Pick<StoredReport, 'changes' | 'totals' | 'periods'> & { absent: number }
const nothing: Compared = { changes: [], totals: [], periods: [], absent: 0 }

async function compareWith<Row>(tx: Tx, target: Target<Row>, layout: Layout<Row>): Promise<Compared> {
  const [changes, absent] = [await target.compare(tx), await target.absent(tx)]
  return layout.kind === 'charges'
    ? { changes, absent, totals: await totalsByService(tx), periods: await periodsOf(tx) }
    : { ...nothing, changes, absent }
}

const totals = z.array(
  z.object({
    service: z.string(),
    rows: z.coerce.number(),
    opening: z.string(),
    charged: z.string(),
    recalculated: z.string(),
    benefit: z.string(),
    penalty: z.string(),
    paid: z.string(),
    closing: z.string(),
  }),
)

async function totalsByService(tx: Tx): Promise<StoredReport['totals']> {
  const { rows } = await tx.execute(sql`
    select service, count(*) as rows, sum(opening)::text as opening, sum(charged)::text as charged,
      sum(recalculated)::text as recalculated, sum(benefit)::text as benefit, sum(penalty)::text as penalty,
      sum(paid)::text as paid, sum(closing)::text as closing
    from incoming group by service order by sum(charged) desc, service limit 100`)
  return totals.parse(rows)
}

const periods = z.array(z.object({ period: z.string() }))

async function periodsOf(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute(sql`select distinct period from incoming order by period`)
  return periods.parse(rows).map(({ period }) => period)
}

function reportOf(findings: Findings, bytes: Buffer, { absent, ...compared }: Compared): StoredReport {
  const byLine = (list: Finding[]) => list.toSorted((a, b) => a.line - b.line).slice(0, LIST)
  return {
    encoding: detectEncoding(bytes),
    rows: findings.rows,
    accepted: findings.refusal ? 0 : findings.rows - findings.rejects.length,
    refusal: findings.refusal,
    rejectCount: findings.rejects.length,
    rejects: byLine(findings.rejects),
    warningCount: findings.warnings.length,
    warnings: byLine(findings.warnings),
    absent,
    ...compared,
  }
}
