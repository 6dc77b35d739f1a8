import { createHash, type Hash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { importChunks, imports } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import { detectFile } from './detect'
import type { FileSource } from './files/source'
import { profilesToTry } from './profile-queries'
import { storedFile } from './queries'
import { UPLOAD_LIMIT, uploadProblems } from './schema'
import { dropStaging } from './staging'
import { storedBytes } from './stored-bytes'

const PART = 1024 * 1024
const LONGEST_NAME = 120
/** Days an upload waits for «Загрузить»; then its bytes go, for they hold people's data. */
export const WAIT_DAYS = 7
const UNRECOGNISED =
  'Файл не похож ни на одну выгрузку, которую мы знаем. Посмотрите на первые строки и выберите профиль, которым его прочитать.'

/** A file as it comes in. An iteration that throws means that it did not come whole. */
export interface Incoming {
  fileName: string
  bytes: AsyncIterable<Buffer>
}

/**
 * Keeps an upload in parts as it comes, never in memory as a whole, and finds out how it is to be read; nothing of it is
 * looked into further. All or nothing. Refused: `empty`, `too-big`. @throws what the iteration threw; then nothing is kept
 */
export async function receiveFile(
  actor: Actor,
  file: Incoming,
): Promise<Result<{ id: string; recognised: boolean }, 'empty' | 'too-big'>> {
  return db().transaction(async (tx) => {
    const fileName = baseName(file.fileName)
    const id = await open(tx, actor, fileName)
    const { size, sha256 } = await keepParts(tx, id, file.bytes)
    if (size === 0 || size > UPLOAD_LIMIT) {
      await tx.delete(imports).where(eq(imports.id, id))
      return size === 0
        ? refused('empty', uploadProblems.empty)
        : refused('too-big', uploadProblems['too-big'])
    }
    const { profile } = await detectFile(storedFile(tx, { id, size }), { profiles: await profilesToTry(tx) })
    const found = {
      kind: profile?.kind ?? null,
      profile: profile ?? null,
      problem: profile ? null : UNRECOGNISED,
    }
    await tx
      .update(imports)
      .set({ size, sha256, ...found })
      .where(eq(imports.id, id))
    await record(tx, actor, {
      action: 'import.received',
      subject: { kind: 'import', id, label: fileName },
      after: { sha256, ...(profile ? { kind: profile.kind } : {}) },
    })
    return ok({ id, recognised: profile !== undefined })
  })
}

async function open(tx: Tx, { userId }: Actor, fileName: string): Promise<string> {
  const row = { fileName, sha256: '', size: 0, receivedBy: userId }
  const [kept] = await tx.insert(imports).values(row).returning({ id: imports.id })
  if (!kept) throw new Error('an insert returned nothing')
  return kept.id
}

/** Writes the parts as they fill. Stops reading past the limit. */
async function keepParts(
  tx: Tx,
  importId: string,
  bytes: AsyncIterable<Buffer>,
): Promise<{ size: number; sha256: string }> {
  const hash: Hash = createHash('sha256')
  let size = 0
  let part = 0
  for await (const filled of inParts(bytes)) {
    size += filled.length
    if (size > UPLOAD_LIMIT) break
    hash.update(filled)
    await tx.insert(importChunks).values({ importId, part, bytes: filled })
    part += 1
  }
  return { size, sha256: hash.digest('hex') }
}

/** The same bytes in parts of 1 MB, the last one shorter. */
async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    waiting.push(chunk)
    length += chunk.length
    if (length < PART) continue
    let whole = Buffer.concat(waiting)
    for (; whole.length >= PART; whole = whole.subarray(PART)) yield whole.subarray(0, PART)
    waiting = whole.length > 0 ? [whole] : []
    length = whole.length
  }
  if (length > 0) yield Buffer.concat(waiting)
}

/** The name of the file without the folders some browsers send. */
function baseName(fileName: string): string {
  return (
    (fileName.split(/[\\/]/).at(-1) ?? '').toWellFormed().replaceAll('\0', '').slice(-LONGEST_NAME) || 'файл'
  )
}

/** Thrown when the stored bytes are not those that were received. */
export class DamagedFileError extends Error {
  constructor() {
    super('the stored file is not the received one')
  }
}

/** The stored file of an upload, which sees to it that whoever reads it to the end reads what was received. */
export class ReceivedFile implements FileSource {
  readonly size: number
  private verified = false

  constructor(private readonly upload: { id: string; size: number; sha256: string }) {
    this.size = upload.size
  }

  /** @throws DamagedFileError at the end, when these were not the bytes received */
  async *chunks(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of storedBytes(this.upload.id)) {
      size += chunk.length
      hash.update(chunk)
      yield chunk
    }
    if (size !== this.size || hash.digest('hex') !== this.upload.sha256) throw new DamagedFileError()
    this.verified = true
  }

  /** Goes over the bytes unless somebody has. @throws DamagedFileError */
  async verify(): Promise<void> {
    if (this.verified) return
    for await (const _ of this.chunks());
  }
}

const forgotten = z.array(z.object({ id: z.string(), number: z.coerce.number() }))

/** Drops the bytes of files nobody loaded within a week, and the tables they were staged in. Nightly. */
export async function forgetOldFiles(): Promise<void> {
  const { rows } = await db().execute(sql`
    select i.id, i.number from imports i where i.state in ('received', 'checked')
      and i.received_at < now() - make_interval(days => ${WAIT_DAYS})
      and (exists (select 1 from import_chunks c where c.import_id = i.id)
        or to_regclass('staging_' || i.number) is not null)`)
  for (const { id, number } of forgotten.parse(rows)) {
    await db().transaction(async (tx) => {
      await tx.delete(importChunks).where(eq(importChunks.importId, id))
      await dropStaging(tx, { number })
    })
  }
}
