import { pipeline } from 'node:stream/promises'
import { eq, sql } from 'drizzle-orm'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { db, type Tx } from '@/db/client'
import { importRejects } from '@/db/schema'
import { period } from '@/lib/units/period'
import type { Profile } from './profile'
import { type Batch, type Findings, readFile } from './reading'
import { ReceivedFile } from './receive'
import { keepUnread, MOST_REJECTS, TOO_MANY } from './rejects'
import { expelRepeated, keyNamed } from './staged-rejects'
import type { StagedSums } from './staged-sums'
import { keepServices, keepSums, openStaging, stagingTable } from './staging'
import { StagingWriter } from './staging-writer'
import type { Incoming } from './target'
import { targetOf } from './targets'
import type { Upload, Work } from './work'

/** What was found in a file, and what is known of its staged rows. */
export interface Staged {
  findings: Findings
  incoming: Incoming
}

/**
 * Reads the file of an upload into its staging table, afresh; rejected lines are kept with their cells.
 * @throws DamagedFileError when the stored bytes are not those received
 */
export async function stage(work: Work, upload: Upload, profile: Profile): Promise<Staged> {
  await work.phase('reading')
  await db().delete(importRejects).where(eq(importRejects.importId, upload.id))
  return work.db.transaction(async (tx) => {
    const target = targetOf(profile.kind)
    await openStaging(tx, upload, target)
    const writer = await StagingWriter.open(work.client, db(), upload, target)
    try {
      const file = new ReceivedFile(upload)
      const findings = await copyRows(work, upload, readFile(file, profile, writer), writer)
      await file.verify()
      await writer.close()
      await keepServices(tx, upload, writer.services)
      // A small sample does for tables that are read as a whole.
      await tx.execute(sql`set local default_statistics_target = 10`)
      await tx.execute(sql`analyze ${stagingTable(upload)}`)
      if (writer.hasRepeats) await expelRepeated(tx, upload, target.key)
      const key = keyNamed(target, profile.key)
      if (key) await expelRepeated(tx, upload, key)
      else if (writer.sums) await copySums(work.client, tx, upload, writer.sums)
      const { unknownAccounts } = writer
      return { findings, incoming: { months: writer.months.map(period), unknownAccounts } }
    } catch (error) {
      await writer.abort()
      throw error
    }
  })
}

async function copyRows(
  work: Work,
  upload: Upload,
  batches: AsyncGenerator<Batch, Findings>,
  writer: StagingWriter<unknown>,
): Promise<Findings> {
  let rejected = 0
  for (let next = await batches.next(); ; next = await batches.next()) {
    work.pulse()
    if (next.done) return next.value
    const batch = next.value
    work.tell({ bytesRead: batch.bytesRead, rowsRead: batch.rowsRead })
    if (batch.columns) writer.into(batch.columns)
    for (const rows of batch.copied) await writer.send(rows)
    await writer.write(batch.accepted)
    rejected += batch.rejected.length
    if (rejected > MOST_REJECTS) {
      const findings = { rows: batch.rowsRead, refusal: TOO_MANY, warnings: [], warningCount: 0, heading: [] }
      await batches.return(findings)
      return findings
    }
    await keepUnread(upload.id, batch.rejected)
  }
}

async function copySums(client: pg.Client, tx: Tx, upload: Upload, sums: StagedSums): Promise<void> {
  const text = sums.settled()
  if (text === undefined) return
  const { copyFrom } = await keepSums(tx, upload, sums)
  await pipeline([text], client.query(copyStreams.from(copyFrom)))
}
