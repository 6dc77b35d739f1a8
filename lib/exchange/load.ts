import { eq, sql } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { importChunks, imports } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import { readSettings } from '@/lib/settings/queries'
import { period } from '@/lib/units/period'
import { type Profile, profileSchema } from './profile'
import { type LoadedBy, loadedBy } from './queries'
import { WAIT_DAYS } from './receive'
import { countsOf, reportOfLoad } from './rehearsal'
import { keepExpelled } from './rejects'
import { reportSchema, storedReport } from './schema'
import { settling } from './settling'
import { stage } from './stage'
import { forgetRejects } from './staged-rejects'
import { dropStaging, incomingMonths, isStaged, showIncoming } from './staging'
import { type Incoming, StaleStagingError } from './target'
import { targetOf } from './targets'
import { type Upload, type Work, workOn } from './work'

/** Why a load did not happen. */
export type LoadRefusal =
  | 'unknown'
  | 'loaded'
  | 'unchecked'
  | 'gone'
  | 'refused'
  | 'rejects'
  | 'second-person'
  | 'stale'

export interface LoadOptions {
  /** The person said to leave rejected lines out. */
  withoutRejects?: boolean
}

/**
 * Loads a checked upload in one transaction: in whole or not at all, and never beside another load. It is compared with
 * the database again, which may have changed since the check. Refused: `unknown`, `loaded` (already, and by whom),
 * `unchecked`, `gone` (waited too long), `refused` (cannot be loaded), `rejects` (has rejected lines and nobody said to
 * leave them out), `second-person` (the settings ask for another employee than the one who brought the file), `stale`
 * (accounts it names are gone since the check).
 * @throws StoppedError when staff stopped it; the upload is `checked` again and says why
 */
export function loadImport(
  actor: Actor,
  importId: string,
  options: LoadOptions = {},
): Promise<Result<undefined, LoadRefusal>> {
  return settling(importId, 'loading', () =>
    workOn(importId, async (work, upload) => {
      const obstacle = await loadObstacle(db(), actor, upload)
      if (obstacle || !upload) return obstacle ?? UNKNOWN
      await db().update(imports).set({ state: 'loading', problem: null }).where(eq(imports.id, importId))
      return load(work, upload, actor, options)
    }),
  )
}

type Refusal = ReturnType<typeof refused<LoadRefusal>>

/** What speaks against loading an upload as it stands; undefined when nothing does. */
export async function loadObstacle(
  reader: Reader,
  actor: Actor,
  upload: Upload | undefined,
): Promise<Refusal | undefined> {
  if (!upload) return UNKNOWN
  if (upload.loadedAt) return alreadyLoaded(await loadedBy(reader, upload.id))
  if (upload.report === null || !['checked', 'loading'].includes(upload.state)) return UNCHECKED
  if (reportSchema.parse(upload.report).refusal) return CANNOT
  if ((await reader.$count(importChunks, eq(importChunks.importId, upload.id))) === 0) return GONE
  const { fourEyes } = (await readSettings(reader)).exchange
  return fourEyes && actor.userId !== null && actor.userId === upload.receivedBy ? SECOND_PERSON : undefined
}

async function load(work: Work, upload: Upload, actor: Actor, options: LoadOptions) {
  const profile = profileSchema.parse(upload.profile)
  if (!(await isStaged(work.db, upload))) await stage(work, upload, profile)
  await work.phase('comparing')
  try {
    await work.db.transaction((tx) => write(tx, work, { upload, profile, actor, options }))
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    if (!(error instanceof StaleStagingError)) throw error
    await dropStaging(work.db, upload)
    return STALE
  }
  return ok()
}

/** Ends the load's transaction with nothing written. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code)
  }
}

interface Task {
  upload: Upload
  profile: Profile
  actor: Actor
  options: LoadOptions
}

async function write(tx: Tx, work: Work, { upload, profile, actor, options }: Task): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet load'))`)
  const target = targetOf(profile.kind)
  const stored = storedReport(upload.report)
  const rejected = stored.rejectCount > 0
  let incoming: Incoming = { months: stored.periods.map(period), unknownAccounts: rejected }
  if (rejected) await forgetRejects(tx, upload)
  await showIncoming(tx, upload, target)
  await target.expel(tx, incoming, true)
  if (await keepExpelled(tx, upload, profile)) throw new Refused(CANNOT)
  if (rejected && target.month) incoming = { ...incoming, months: await incomingMonths(tx) }
  const before = { ...(await reportOfLoad(tx, upload, stored)), periods: [...incoming.months] }
  if (before.accepted === 0) throw new Refused(CANNOT)
  if (before.rejectCount > 0 && !options.withoutRejects) throw new Refused(REJECTS)
  await work.phase('writing')
  const written = (rowsWritten: number) => {
    work.tell({ rowsWritten })
    work.pulse()
  }
  const changes = await target.write(tx, incoming, {
    importId: upload.id,
    number: upload.number,
    staged: `staging_${upload.number}`,
    written,
  })
  const report = { ...before, changes }
  await tx.delete(importChunks).where(eq(importChunks.importId, upload.id))
  await dropStaging(tx, upload)
  await tx
    .update(imports)
    .set({ state: 'loaded', loadedAt: sql`now()`, loadedBy: actor.userId, report, stopRequestedAt: null })
    .where(eq(imports.id, upload.id))
  await record(tx, actor, {
    action: 'import.loaded',
    subject: { kind: 'import', id: upload.id, label: upload.fileName },
    after: { kind: profile.kind, sha256: upload.sha256, ...countsOf(report) },
  })
}

const UNKNOWN = refused<LoadRefusal>('unknown', 'Такой загрузки нет.')
const UNCHECKED = refused<LoadRefusal>('unchecked', 'Файл ещё не проверен. Сначала нажмите «Проверить файл».')
const CANNOT = refused<LoadRefusal>('refused', 'Этот файл загрузить нельзя: причина указана в отчёте.')
const GONE = refused<LoadRefusal>(
  'gone',
  `Файл ждал загрузки больше ${WAIT_DAYS} дней и удалён. Отправьте его ещё раз.`,
)
const STALE = refused<LoadRefusal>(
  'stale',
  'Пока файл ждал загрузки, часть его лицевых счетов удалена. Проверьте файл ещё раз.',
)
const SECOND_PERSON = refused<LoadRefusal>(
  'second-person',
  'По настройкам обмена файл загружает не тот сотрудник, который его принёс. Попросите коллегу нажать «Загрузить».',
)
/** Said at once by the form and, when the database has changed since the check, by the load. */
export const REJECTS = refused<LoadRefusal>(
  'rejects',
  'В файле есть отклонённые строки. Исправьте их в биллинге или отметьте «Загрузить без отклонённых строк».',
)

function alreadyLoaded(by: LoadedBy | undefined): Refusal {
  return refused('loaded', `Этот файл уже загружен${by ? `: ${by.login}, ${by.when}` : ''}.`)
}
