import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { importBefore, imports } from '@/db/schema'
import { restoreAccounts } from '@/lib/accounts/commands'
import { type Actor, record } from '@/lib/audit/record'
import { returnPayments } from '@/lib/ledger/commands'
import { ok, type Result, refused } from '@/lib/result'
import { profileSchema } from './profile'
import { storedReport } from './schema'
import { settling } from './settling'
import { undoCharges } from './undo-charges'
import { undoObstacle } from './undo-obstacles'
import { type Upload, type Work, workOn } from './work'

/** Why an undoing did not happen. */
export type UndoRefusal = 'unknown' | 'not-loaded' | 'depended-on'

/**
 * Undoes a load as a whole, as long as nothing depends on what it wrote: rows it added go, rows it changed are put back;
 * charges, which are append-only, are stated again as they stood before, or declared void. Refused: `unknown`,
 * `not-loaded`, `depended-on`, with what stands in the way.
 * @throws StoppedError when staff stopped it; the upload is `loaded` again and says why
 */
export function undoImport(actor: Actor, importId: string): Promise<Result<undefined, UndoRefusal>> {
  return settling(importId, 'undoing', () =>
    workOn(importId, async (work, upload) => {
      if (!upload) return refused('unknown', 'Такой загрузки нет.')
      if (upload.state !== 'loaded' && upload.state !== 'undoing')
        return refused('not-loaded', 'Этот файл не загружен: отменять нечего.')
      await db().update(imports).set({ state: 'undoing', problem: null }).where(eq(imports.id, importId))
      try {
        await undo(work, upload, actor)
        return ok()
      } catch (error) {
        const obstacle = obstacleIn(error)
        if (obstacle === undefined) throw error
        return refused('depended-on', obstacle)
      }
    }),
  )
}

/** Ends the undoing's transaction with nothing undone. */
class DependedOn extends Error {}

/** A row elsewhere points to one that was to be removed. */
const POINTED_TO = '23503'

function obstacleIn(error: unknown): string | undefined {
  if (error instanceof DependedOn) return error.message
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === POINTED_TO
    ? 'Отменить нельзя: добавленными записями уже пользуются.'
    : undefined
}

async function undo(work: Work, upload: Upload, actor: Actor): Promise<void> {
  await work.phase('undoing')
  await work.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet load'))`)
    const obstacle = await undoObstacle(tx, upload)
    if (obstacle) throw new DependedOn(obstacle)
    await putBack(tx, upload)
    await tx.delete(importBefore).where(eq(importBefore.importId, upload.id))
    await tx
      .update(imports)
      .set({ state: 'undone', undoneAt: sql`now()`, undoneBy: actor.userId, stopRequestedAt: null })
      .where(eq(imports.id, upload.id))
    await record(tx, actor, {
      action: 'import.undone',
      subject: { kind: 'import', id: upload.id, label: upload.fileName },
      after: { kind: upload.kind, sha256: upload.sha256 },
    })
  })
}

async function putBack(tx: Tx, upload: Upload): Promise<void> {
  const { kind } = profileSchema.parse(upload.profile)
  if (kind === 'charges') return undoCharges(tx, upload.id, storedReport(upload.report).periods)
  if (kind === 'accounts') return restoreAccounts(tx, upload.id)
  if (kind === 'payments') return removePayments(tx, upload.id)
  if (kind === 'tariffs') return restore(tx, upload.id, 'tariffs', ['unit', 'price', 'norm', 'norm_per'])
  await removeReadings(tx, upload.id)
  if (kind === 'meters') await restore(tx, upload.id, 'meters', METER)
}

const METER = ['kind', 'place', 'digits_before', 'digits_after', 'registers', 'removed_on', 'verified_until']

/** Puts changed rows of a table with an `id` back and removes the added ones. */
async function restore(
  tx: Tx,
  importId: string,
  table: 'meters' | 'tariffs',
  names: readonly string[],
): Promise<void> {
  const name = sql.identifier(table)
  const set = sql.raw([...names, 'import_id'].map((column) => `${column} = b.${column}`).join(', '))
  await tx.execute(sql`
    update ${name} t set ${set} from import_before k, jsonb_populate_record(null::${name}, k.row) b
    where k.import_id = ${importId}::uuid and k.table_name = ${table}::text and t.id = b.id`)
  await tx.execute(sql`delete from ${name} where import_id = ${importId}::uuid`)
}

/** Values the import brought go; those they superseded are in force again. */
async function removeReadings(tx: Tx, importId: string): Promise<void> {
  await tx.execute(sql`delete from readings where import_id = ${importId}::uuid`)
  await tx.execute(sql`
    update readings r set superseded_at = null
    from import_before k, jsonb_populate_record(null::readings, k.row) b
    where k.import_id = ${importId}::uuid and k.table_name = 'readings' and r.account_id = b.account_id
      and r.meter_id = b.meter_id and r.period = b.period and r.register = b.register and r.version = b.version`)
}

async function removePayments(tx: Tx, importId: string): Promise<void> {
  await returnPayments(tx, importId)
  await tx.execute(sql`delete from payments where import_id = ${importId}::uuid`)
}
