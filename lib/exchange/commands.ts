import { setTimeout as pause } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { imports } from '@/db/schema'
import type { Actor } from '@/lib/audit/record'
import { enqueue } from '@/lib/jobs/catalogue'
import { ok, type Result, refused } from '@/lib/result'
import { type LoadOptions, type LoadRefusal, loadObstacle, REJECTS } from './load'
import { type Profile, profileSchema } from './profile'
import { findProfile } from './profile-queries'
import { reportSchema } from './schema'
import { undoObstacle } from './undo-obstacles'
import type { Upload } from './work'

export { checkImport } from './check'
export { loadImport } from './load'
export { forgetOldFiles, receiveFile } from './receive'
export { undoImport } from './undo'

/** How an upload is to be read, where the person says so. */
export interface CheckOptions {
  /** A profile, or the key of a known one; else the one it has. */
  profile?: Profile | string | undefined
  /** Instead of the profile's own. */
  encoding?: string | undefined
  delimiter?: string | undefined
  /** «Данные на»; else the end of the file's latest month. */
  asOf?: Date | undefined
}

/** «Проверить»: asks for a check. `invalid` by field; refused: `unknown`, `busy`, `no-profile`. */
export function requestCheck(
  _actor: Actor,
  importId: string,
  options: CheckOptions = {},
): Promise<Result<undefined, 'unknown' | 'busy' | 'no-profile'>> {
  return withUpload(importId, async (tx, upload) => {
    if (upload.state !== 'received' && upload.state !== 'checked') return busy(upload)
    const profile = await profileFor(tx, upload, options)
    if (!profile) return refused('no-profile', 'Выберите профиль, которым прочитать файл.')
    await tx
      .update(imports)
      .set({
        state: 'checking',
        profile,
        kind: profile.kind,
        asOf: options.asOf ?? null,
        problem: null,
        report: null,
        stopRequestedAt: null,
      })
      .where(eq(imports.id, importId))
    await enqueue(tx, 'check-import', { importId }, `import:${importId}`)
    return ok()
  })
}

async function profileFor(tx: Tx, upload: Upload, options: CheckOptions): Promise<Profile | undefined> {
  const { profile: wanted, encoding, delimiter } = options
  const known = typeof wanted === 'string' && wanted !== '' ? await findProfile(tx, wanted) : undefined
  const base = known ?? (typeof wanted === 'object' ? wanted : upload.profile)
  if (!base) return undefined
  return profileSchema.parse({
    ...base,
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
  })
}

/** «Загрузить»: asks for a load. Refused as `loadImport` refuses, and `busy`. */
export function requestLoad(
  actor: Actor,
  importId: string,
  { withoutRejects = false }: LoadOptions = {},
): Promise<Result<undefined, LoadRefusal | 'busy'>> {
  return withUpload(importId, async (tx, upload) => {
    const obstacle = await loadObstacle(tx, actor, upload)
    if (obstacle) return obstacle
    if (upload.state !== 'checked') return busy(upload)
    const report = reportSchema.parse(upload.report)
    if (report.rejectCount > 0 && !withoutRejects) return REJECTS
    await tx
      .update(imports)
      .set({ state: 'loading', problem: null, stopRequestedAt: null })
      .where(eq(imports.id, importId))
    const payload = { importId, withoutRejects, userId: actor.userId, address: actor.address }
    await enqueue(tx, 'load-import', payload, `import:${importId}`)
    return ok()
  })
}

/** «Остановить» whatever is being done with an upload. Refused: `unknown`, `idle`. */
export function requestStop(_actor: Actor, importId: string): Promise<Result<undefined, 'unknown' | 'idle'>> {
  return withUpload(importId, async (tx, upload) => {
    if (!isAtWork(upload)) return refused('idle', 'Останавливать нечего: работа с файлом уже закончена.')
    await tx.update(imports).set({ stopRequestedAt: sql`now()` }).where(eq(imports.id, importId))
    return ok()
  })
}

/** «Отменить загрузку»: asks for a load to be undone. Refused: `unknown`, `not-loaded`, `depended-on`. */
export function requestUndo(
  actor: Actor,
  importId: string,
): Promise<Result<undefined, 'unknown' | 'not-loaded' | 'depended-on'>> {
  return withUpload(importId, async (tx, upload) => {
    if (upload.state !== 'loaded') return refused('not-loaded', 'Этот файл не загружен: отменять нечего.')
    const obstacle = await undoObstacle(tx, upload)
    if (obstacle) return refused('depended-on', obstacle)
    await tx
      .update(imports)
      .set({ state: 'undoing', problem: null, stopRequestedAt: null })
      .where(eq(imports.id, importId))
    const payload = { importId, userId: actor.userId, address: actor.address }
    await enqueue(tx, 'undo-import', payload, `import:${importId}`)
    return ok()
  })
}

const LOOK_EVERY = 100

/** Waits until nothing is being done with an upload any more, at most so many milliseconds. */
export async function awaitWork(importId: string, patience: number): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await pause(LOOK_EVERY)) {
    const [found] = await db().select({ state: imports.state }).from(imports).where(eq(imports.id, importId))
    if (!found || !isAtWork(found)) return
  }
}

function isAtWork({ state }: Pick<Upload, 'state'>): boolean {
  return state === 'checking' || state === 'loading' || state === 'undoing'
}

function busy(upload: Upload) {
  return refused(
    'busy' as const,
    isAtWork(upload) ? 'С этим файлом уже работают.' : 'Этот файл уже загружен.',
  )
}

/** Holds the upload's row while it is decided on: two who press at once are answered one after the other. */
function withUpload<Code extends string>(
  importId: string,
  decide: (tx: Tx, upload: Upload) => Promise<Result<undefined, Code>>,
): Promise<Result<undefined, Code | 'unknown'>> {
  return db().transaction(async (tx) => {
    const [upload] = await tx.select().from(imports).where(eq(imports.id, importId)).for('update')
    return upload ? decide(tx, upload) : refused('unknown', 'Такой загрузки нет.')
  })
}
