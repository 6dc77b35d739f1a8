import { and, asc, desc, eq, getTableColumns, gte, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { importChunks, importProgress, importRejects, imports, users } from '@/db/schema'
import { type Actor, SERVICE } from '@/lib/audit/record'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { formatInstant } from '@/lib/units/day'
import { type Detected, detectFile } from './detect'
import type { FileSource } from './files/source'
import { type Profile, profileSchema } from './profile'
import { type ImportKind, type Report, reportSchema } from './schema'

const RECENT = 50
const SERVICE_LOGIN = 'сервис'

/** Who loaded a file, and when in words. */
export interface LoadedBy {
  login: string
  when: string
}

/** `received` → `checking` → `checked` → `loading` → `loaded` → `undoing` → `undone`. */
export type ImportState = (typeof imports.$inferSelect)['state']

/** An upload as the list shows it. */
export interface ImportSummary {
  id: string
  /** Order of arrival. */
  number: number
  state: ImportState
  /** Null while no profile fits the file. */
  kind: ImportKind | null
  fileName: string
  /** Bytes. */
  size: number
  /** «Данные на»; null until known. */
  asOf: Date | null
  /** Why the last check, load or undoing came to nothing, in words. */
  problem: string | null
  /** Somebody pressed «Остановить» and it has not stopped yet. */
  stopping: boolean
  receivedAt: Date
  receivedBy: string
  checkedAt: Date | null
  loadedAt: Date | null
  loadedBy: string
  undoneAt: Date | null
  undoneBy: string
  /** Whether the bytes are still there to be checked or loaded. */
  waiting: boolean
  /** What the last check or the load found; null before the first. */
  report: Report | null
}

/** How far the work on an upload has come. */
export type Progress = Pick<
  typeof importProgress.$inferSelect,
  'phase' | 'bytesRead' | 'rowsRead' | 'rowsWritten' | 'startedAt' | 'updatedAt'
>

/** An upload as its own page shows it. */
export interface ImportView extends ImportSummary {
  /** Set while it is being checked, loaded or undone. */
  progress: Progress | null
  /** How it is read, or was last. */
  profile: Profile | null
  /** What the file looks like, while it can still be checked. */
  preview: Detected | null
  /** The settings ask for another employee to load it than the one who looks at it now. */
  needsOther: boolean
}

const receiver = alias(users, 'receiver')
const loader = alias(users, 'loader')
const undoer = alias(users, 'undoer')
const loginOf = (person: typeof receiver) => sql<string>`coalesce(${person.login}, ${SERVICE_LOGIN})`

function summaries(reader: Reader) {
  return reader
    .select({
      ...getTableColumns(imports),
      receiver: loginOf(receiver),
      loader: sql<string>`coalesce(${loader.login}, ${SERVICE_LOGIN})`,
      undoer: sql<string>`coalesce(${undoer.login}, ${SERVICE_LOGIN})`,
      waiting: sql<boolean>`exists (select 1 from ${importChunks} where ${importChunks.importId} = ${imports.id})`,
    })
    .from(imports)
    .leftJoin(receiver, eq(receiver.id, imports.receivedBy))
    .leftJoin(loader, eq(loader.id, imports.loadedBy))
    .leftJoin(undoer, eq(undoer.id, imports.undoneBy))
    .$dynamic()
}

type Found = Awaited<ReturnType<typeof summaries>>[number]

function summaryOf(found: Found): ImportSummary {
  const { receiver, loader, undoer, stopRequestedAt, report, ...rest } = found
  return {
    ...rest,
    receivedBy: receiver,
    loadedBy: loader,
    undoneBy: undoer,
    stopping: stopRequestedAt !== null,
    report: report === null ? null : reportSchema.parse(report),
  }
}

/** The latest uploads, newest first. */
export async function importsPage(_staff: Staff): Promise<ImportSummary[]> {
  const found = await summaries(db()).orderBy(desc(imports.number)).limit(RECENT)
  return found.map(summaryOf)
}

/** One upload with its report; undefined when there is none of that id. */
export async function importReport(staff: Staff, id: string): Promise<ImportView | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await summaries(db()).where(eq(imports.id, id))
  if (!found) return undefined
  const [progress] = await db().select().from(importProgress).where(eq(importProgress.importId, id))
  const { fourEyes } = (await readSettings(db())).exchange
  const open = found.waiting && (found.state === 'received' || found.state === 'checked')
  const profile = found.profile === null ? null : profileSchema.parse(found.profile)
  return {
    ...summaryOf(found),
    progress: progress ?? null,
    profile,
    preview: open ? await detectFile(storedFile(db(), found), chosenForm(profile)) : null,
    needsOther: fourEyes && found.receivedBy === staff.userId,
  }
}

/** What staff said of the file's form, so that the preview shows what came of it. */
function chosenForm(profile: Profile | null) {
  if (!profile) return {}
  const { encoding, delimiter } = profile
  return {
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(delimiter === 'auto' ? {} : { delimiter }),
  }
}

/** Whether somebody asked for that work on an upload and it is not settled yet. */
export async function isAsked(importId: string, state: ImportState): Promise<boolean> {
  return (await db().$count(imports, and(eq(imports.id, importId), eq(imports.state, state)))) > 0
}

/** The member of staff of that id, acting from `address`; the service itself for none. */
export async function actorOf(reader: Reader, userId: string | null, address: string): Promise<Actor> {
  if (userId === null) return SERVICE
  const [user] = await reader.select({ login: users.login }).from(users).where(eq(users.id, userId))
  return user ? { userId, login: user.login, address } : SERVICE
}

/** Who loaded that upload and when; undefined when it is not loaded. */
export async function loadedBy(reader: Reader, id: string): Promise<LoadedBy | undefined> {
  const [found] = await summaries(reader).where(eq(imports.id, id))
  return found?.loadedAt ? { login: found.loader, when: formatInstant(found.loadedAt) } : undefined
}

/** The bytes of an upload as they lie in the database; one part of at most 1 MB in memory at a time. */
export function storedFile(reader: Reader, { id, size }: { id: string; size: number }): FileSource {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const [found] = await reader
        .select({ bytes: importChunks.bytes })
        .from(importChunks)
        .where(sql`${importChunks.importId} = ${id} and ${importChunks.part} = ${part}`)
      if (!found) return
      yield found.bytes
    }
  }
  return { size, chunks }
}

const REJECTS_AT_ONCE = 1_000

/** The rejected lines of an upload with their cells as they stood, by line: what the file of rejects is made of. */
export async function* rejectedLines(
  _staff: Staff,
  id: string,
): AsyncGenerator<{ line: number; column: string; reason: string; cells: string[] }> {
  for (let from = 0; ; ) {
    const rows = await db()
      .select()
      .from(importRejects)
      .where(sql`${eq(importRejects.importId, id)} and ${gte(importRejects.line, from)}`)
      .orderBy(asc(importRejects.line))
      .limit(REJECTS_AT_ONCE)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < REJECTS_AT_ONCE) return
    from = last.line + 1
  }
}
