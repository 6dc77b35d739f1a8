import { createHash } from 'node:crypto'
import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { accounts, meters, readingPhotos, readings } from '@/db/schema'
import { ownedBy, ownedSince } from '@/lib/accounts/queries'
import { type Actor, record } from '@/lib/audit/record'
import { makePicture, type Picture, type PictureFault } from '@/lib/files/picture'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { type Count, giveBack, take } from '@/lib/session/throttle'
import type { Period } from '@/lib/units/period'
import { MOST_PHOTOS, type PhotoInput, photoProblems } from './photos-schema'

type Refusal = PictureFault | 'absent' | 'full' | 'often'

/**
 * Keeps a picture of a dial with a reading of the person's own account; the same picture again is one. Refused: `absent`
 * (not theirs, or no reading of that month, alike), `full`, `often`, and what makes a file no picture.
 */
export async function addPhoto(
  subscriber: Subscriber,
  input: PhotoInput,
  upload: Buffer,
): Promise<Result<undefined, Refusal>> {
  const count: Count[] = [['photo-sent', subscriber.userId]]
  if ((await take(count)) !== 'free') return no('often')
  const result = await keep(
    subscriber,
    ownReading(subscriber),
    ownedBy(subscriber, meters.accountId),
    input,
    upload,
  )
  if (result.status !== 'ok') await giveBack(count)
  return result
}

/** The same by staff, for any account. */
export function addPhotoByStaff(
  staff: Staff,
  input: PhotoInput,
  upload: Buffer,
): Promise<Result<undefined, Refusal>> {
  return keep(staff, sql`true`, sql`true`, input, upload)
}

function no(code: Refusal): Result<undefined, Refusal> {
  return refused(code, photoProblems[code])
}

async function keep(
  actor: Actor & { userId: string },
  read: SQL,
  may: SQL,
  input: PhotoInput,
  upload: Buffer,
): Promise<Result<undefined, Refusal>> {
  // Before the picture is decoded: a stranger's upload is not worth the work.
  if (!(await readingThere(read, input))) return no('absent')
  const picture = await makePicture(upload)
  return typeof picture === 'string' ? no(picture) : store(actor, may, input, picture)
}

function store(
  actor: Actor & { userId: string },
  may: SQL,
  { meter: meterId, period }: PhotoInput,
  { bytes, width, height }: Picture,
): Promise<Result<undefined, Refusal>> {
  return db().transaction(async (tx) => {
    const [held] = await tx
      .select({ id: accounts.id, accountNumber: accounts.accountNumber, serial: meters.serial })
      .from(meters)
      .innerJoin(accounts, eq(accounts.id, meters.accountId))
      .where(and(eq(meters.id, meterId), may))
      .for('no key update', { of: accounts })
    if (!held) return no('absent')
    const of = { accountId: held.id, meterId, period }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const there = await tx
      .select({ sha256: readingPhotos.sha256 })
      .from(readingPhotos)
      .where(
        and(
          eq(readingPhotos.accountId, held.id),
          eq(readingPhotos.meterId, meterId),
          eq(readingPhotos.period, period),
        ),
      )
    if (there.some((one) => one.sha256 === sha256)) return ok()
    if (there.length >= MOST_PHOTOS) return no('full')
    await tx.insert(readingPhotos).values({ ...of, bytes, sha256, width, height, uploadedBy: actor.userId })
    await record(tx, actor, {
      action: 'photo.added',
      subject: { kind: 'account', id: String(held.id), label: held.accountNumber },
      after: { meter: held.serial, period },
    })
    return ok()
  })
}

async function readingThere(may: SQL, { meter, period }: PhotoInput): Promise<boolean> {
  const found = await db()
    .select({ version: readings.version })
    .from(readings)
    .innerJoin(meters, and(eq(meters.id, readings.meterId), eq(meters.accountId, readings.accountId)))
    .where(and(eq(meters.id, meter), eq(readings.period, period), isNull(readings.supersededAt), may))
    .limit(1)
  return found.length > 0
}

/** A kept picture as a page names it; the bytes are asked for by its id. */
export interface PhotoView {
  id: string
  meterId: number
  period: Period
  width: number
  height: number
}

function ownReading(subscriber: Subscriber): SQL {
  return ownedSince(subscriber, readings.accountId, { day: readings.takenOn })
}

function ownPhoto(subscriber: Subscriber): SQL {
  return ownedSince(subscriber, readingPhotos.accountId, { moment: readingPhotos.uploadedAt })
}

/** Pictures of a month of the person's own account. */
export function photosOfMonth(
  subscriber: Subscriber,
  accountId: number,
  period: Period,
): Promise<PhotoView[]> {
  return listed(
    and(eq(readingPhotos.accountId, accountId), eq(readingPhotos.period, period), ownPhoto(subscriber)),
  )
}

/** Pictures of a meter, of one month or of all, the latest month first. */
export function photosOfMeter(_staff: Staff, meterId: number, period?: Period): Promise<PhotoView[]> {
  return listed(
    and(eq(readingPhotos.meterId, meterId), period ? eq(readingPhotos.period, period) : undefined),
  )
}

function listed(condition: SQL | undefined): Promise<PhotoView[]> {
  const { id, meterId, period, width, height } = readingPhotos
  return db()
    .select({ id, meterId, period, width, height })
    .from(readingPhotos)
    .where(condition)
    .orderBy(desc(period), asc(readingPhotos.uploadedAt))
}

/** The bytes of a picture of an account that is theirs; undefined for any other, and for none. */
export function photoFor(subscriber: Subscriber, id: string): Promise<Buffer | undefined> {
  return bytesOf(id, ownPhoto(subscriber))
}

/** The bytes of any picture. */
export function photoForStaff(_staff: Staff, id: string): Promise<Buffer | undefined> {
  return bytesOf(id, sql`true`)
}

async function bytesOf(id: string, may: SQL): Promise<Buffer | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await db()
    .select({ bytes: readingPhotos.bytes })
    .from(readingPhotos)
    .where(and(eq(readingPhotos.id, id), may))
  return found?.bytes
}
