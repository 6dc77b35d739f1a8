import { eq, sql } from 'drizzle-orm'
import { db, type Reader, type Tx } from '@/db/client'
import { documentVersions, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { textHash } from '@/lib/documents/hash'
import { type DocumentKind, newestVersion } from '@/lib/documents/queries'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { type CalendarDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { dayProblem } from './rules'
import { TEXT_LIMIT, type VersionForm } from './schema'
import { textOf } from './text'

/** A version as it is to be published. */
export interface Draft {
  title: string
  /** Markdown, lines end with `\n`. */
  body: string
  effectiveOn: CalendarDay
}

type Refusal = 'overtaken' | 'same'

/** What a form would publish; changes nothing. Refused as by `publishVersion`. */
export async function previewVersion(
  _staff: Staff,
  form: VersionForm,
  now: Date,
): Promise<Result<Draft, Refusal>> {
  const newest = await newestVersion(form.kind)
  const draft = await readDraft(form, newest)
  return draft.status === 'ok' ? ((await hindrance(db(), form, draft.value, newest, now)) ?? draft) : draft
}

/**
 * Publishes the next version of a document, for ever: nothing changes it afterwards. The same form sent again is the same
 * version. Refused: `overtaken` (another was published meanwhile: says by whom), `same` (nothing differs).
 * @returns the number of the version
 */
export async function publishVersion(
  staff: Staff,
  form: VersionForm,
  now: Date,
): Promise<Result<{ version: number }, Refusal>> {
  return db().transaction(async (tx) => {
    // Of two who publish at once the second waits, and then sees the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet document'), hashtext(${form.kind}))`)
    const newest = await newestVersion(form.kind, tx)
    const draft = await readDraft(form, newest)
    if (draft.status !== 'ok') return draft
    const version = form.base + 1
    if (newest?.version === version && newest.publishedBy === staff.userId && equal(newest, draft.value))
      return ok({ version })
    const found = await hindrance(tx, form, draft.value, newest, now)
    if (found) return found
    await insertVersion(tx, staff, { kind: form.kind, version, ...draft.value }, now)
    return ok({ version })
  })
}

/** The text pasted, or that of a file; both are refused at the field, unless the text is still the newest version's. */
async function readDraft(
  { title, body, file, effectiveOn }: VersionForm,
  newest: Newest,
): Promise<Result<Draft, never>> {
  const typed = tidy(body)
  if (file && typed && typed !== newest?.body.trim())
    return invalid({ file: 'Выбран файл, и в поле есть ваш текст. Оставьте что-то одно' })
  const text = file ? textOf(new Uint8Array(await file.arrayBuffer())) : typed
  if (text === undefined)
    return invalid({ file: 'Файл не читается: сохраните его как текст в кодировке UTF-8 или Windows-1251' })
  const draft = { title, body: tidy(text), effectiveOn }
  if (!draft.body) return invalid({ [file ? 'file' : 'body']: 'Здесь нет ни слова' })
  return Buffer.byteLength(draft.body) > TEXT_LIMIT ? invalid({ body: 'Текст длиннее 1 МБ' }) : ok(draft)
}

function tidy(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').trim()
}

type Newest = Awaited<ReturnType<typeof newestVersion>>

function equal(newest: NonNullable<Newest>, { title, body }: Draft): boolean {
  return newest.title === title && newest.sha256 === textHash(body)
}

/** What keeps a draft from being the next version; undefined when nothing does. */
async function hindrance(
  reader: Reader,
  { base }: VersionForm,
  draft: Draft,
  newest: Newest,
  now: Date,
): Promise<Exclude<Result<never, Refusal>, { status: 'ok' }> | undefined> {
  if ((newest?.version ?? 0) !== base) return refused('overtaken', await overtakenWords(reader, newest))
  if (newest && equal(newest, draft))
    return refused('same', `Этот текст ничем не отличается от версии ${base}.`)
  const problem = dayProblem(draft.effectiveOn, now, newest)
  return problem ? invalid({ effectiveOn: problem }) : undefined
}

async function overtakenWords(reader: Reader, newest: Newest): Promise<string> {
  const [by] = newest?.publishedBy
    ? await reader.select({ login: users.login }).from(users).where(eq(users.id, newest.publishedBy))
    : []
  const who = by ? `, её опубликовал(а) ${by.login}` : ''
  return `Пока вы писали, вышла версия ${newest?.version ?? 1}${who}. Ваш текст на месте: скопируйте его, откройте «Новую версию» ещё раз и сравните.`
}

async function insertVersion(
  tx: Tx,
  staff: Staff,
  { kind, version, title, body, effectiveOn }: Draft & { kind: DocumentKind; version: number },
  now: Date,
): Promise<void> {
  const sha256 = textHash(body)
  // The database's own moment for what takes force at once: it is what «in force» is asked by.
  const effectiveFrom = effectiveOn === moscowDay(now) ? sql`now()` : startOfMoscowDay(effectiveOn)
  const [made] = await tx
    .insert(documentVersions)
    .values({ kind, version, title, body, sha256, effectiveFrom, publishedBy: staff.userId })
    .returning({ id: documentVersions.id })
  if (!made) throw new Error('an insert returned nothing')
  await record(tx, staff, {
    action: 'document.published',
    subject: { kind: 'document', id: made.id, label: `${kind} ${version}` },
    after: { kind, version, sha256, effectiveOn },
  })
}
