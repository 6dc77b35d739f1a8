import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { imports } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import { type Profile, profileSchema } from './profile'
import { actorOf } from './queries'
import { countsOf, defaultAsOf, rehearse } from './rehearsal'
import { keepExpelled } from './rejects'
import { settling } from './settling'
import { stage } from './stage'
import { dropStaging, incomingMonths, showIncoming } from './staging'
import { targetOf } from './targets'
import { type Upload, type Work, workOn } from './work'

/** Why a check did not happen. */
export type CheckRefusal = 'unknown' | 'busy' | 'no-profile' | 'gone'

/**
 * Reads an upload by its profile into its staging table and finds out what loading it would change; nothing of it is
 * loaded. Goes over the whole file again each time. What is wrong with the file stands in the report.
 * @throws StoppedError when staff stopped it, DamagedFileError; the upload is `received` again and says why
 */
export function checkImport(importId: string): Promise<Result<undefined, CheckRefusal>> {
  return settling(importId, 'checking', () =>
    workOn(importId, async (work, upload) => {
      if (!upload) return refused('unknown', 'Такой загрузки нет.')
      if (!['received', 'checking', 'checked'].includes(upload.state))
        return refused('busy', 'Этот файл уже загружен или загружается.')
      if (upload.profile === null) return refused('no-profile', 'Выберите профиль, которым прочитать файл.')
      await db()
        .update(imports)
        .set({ state: 'checking', problem: null, report: null })
        .where(eq(imports.id, importId))
      await check(work, upload, profileSchema.parse(upload.profile))
      return ok()
    }),
  )
}

async function check(work: Work, upload: Upload, profile: Profile): Promise<void> {
  const target = targetOf(profile.kind)
  const { findings, incoming: found } = await stage(work, upload, profile)
  await work.phase('checking')
  await work.db.transaction(async (tx) => {
    let { refusal } = findings
    let incoming = found
    if (!refusal) {
      await showIncoming(tx, upload, target)
      await target.expel(tx, found, false)
      refusal = await keepExpelled(tx, upload, profile)
      // A month of rejected rows alone is none of the file's.
      if (found.months.length > 1) incoming = { ...found, months: await incomingMonths(tx) }
    }
    await work.phase('comparing')
    const report = await rehearse(tx, upload, profile, { findings: { ...findings, refusal }, incoming })
    if (refusal) await dropStaging(tx, upload)
    await tx
      .update(imports)
      .set({
        state: 'checked',
        stopRequestedAt: null,
        checkedAt: sql`now()`,
        kind: profile.kind,
        report,
        asOf: upload.asOf ?? defaultAsOf(profile, report),
      })
      .where(eq(imports.id, upload.id))
    await record(tx, await actorOf(tx, upload.receivedBy, ''), {
      action: 'import.checked',
      subject: { kind: 'import', id: upload.id, label: upload.fileName },
      after: { kind: profile.kind, sha256: upload.sha256, ...countsOf(report), refused: refusal !== null },
    })
  })
}
