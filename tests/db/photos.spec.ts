import { deflateSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { db } from '@/db/client'
import { auditLog, readingPhotos } from '@/db/schema'
import {
  addPhoto,
  addPhotoByStaff,
  photoFor,
  photoForStaff,
  photosOfMeter,
  photosOfMonth,
} from '@/lib/readings/photos'
import { type PhotoProblem, photoForm, photoProblemOf } from '@/lib/readings/photos-schema'
import { period } from '@/lib/units/period'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const OCTOBER = period('2026-10')

async function makeHome() {
  const account = await makeAccount()
  const meter = await makeMeter(account.id, {}, { [OCTOBER]: ['315'] })
  return { account, meter, subscriber: await makeSubscriber([account.id]) }
}
type Home = Awaited<ReturnType<typeof makeHome>>

const input = ({ meter }: Home, month = '2026-10') =>
  photoForm.parse({ meter: String(meter.id), period: month })
const add = (of: Home, bytes: Buffer, month?: string) => addPhoto(of.subscriber, input(of, month), bytes)
/** A picture as a phone makes it: lying on its side, with where and when it was taken. */
const picture = (color: string, width = 3_000, height = 2_000) =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 9/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
const kept = (of: Home) => db().select().from(readingPhotos).where(eq(readingPhotos.meterId, of.meter.id))

test('a picture is made anew: JPEG, upright, at most 1600, with nothing of the phone’s in it', async () => {
  const home = await makeHome()
  const upload = await picture('#336699')
  expect((await sharp(upload).metadata()).exif).toBeDefined()
  expect(await add(home, upload)).toEqual({ status: 'ok', value: undefined })
  const [photo] = await kept(home)
  expect(photo).toMatchObject({ width: 1_067, height: 1_600, uploadedBy: home.subscriber.userId })
  const made = await sharp(photo?.bytes).metadata()
  expect(made).toMatchObject({ format: 'jpeg', width: 1_067, height: 1_600 })
  expect([made.exif, made.icc, made.xmp, made.iptc, made.orientation]).toEqual(Array(5).fill(undefined))
  const acts = and(eq(auditLog.action, 'photo.added'), eq(auditLog.subjectId, String(home.account.id)))
  expect(await db().$count(auditLog, acts)).toBe(1)
})

test('PNG and WebP are taken, whatever their names say', async () => {
  const home = await makeHome()
  const drawn = (background: string) => sharp({ create: { width: 90, height: 60, channels: 4, background } })
  expect(await add(home, await drawn('#0000').png().toBuffer())).toMatchObject({ status: 'ok' })
  expect(await add(home, await drawn('#369f').webp().toBuffer())).toMatchObject({ status: 'ok' })
  expect(await kept(home)).toMatchObject([{ width: 90, height: 60 }, { width: 90 }])
})

/** A PNG of that size in a few hundred bytes. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const data = deflateSync(Buffer.alloc(1_000))
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
const bad: [what: string, bytes: () => Promise<Buffer>, code: PhotoProblem][] = [
  ['text', async () => Buffer.from('не картинка'), 'not-a-picture'],
  ['a drawing that could name other files', async () => Buffer.from(svg), 'not-a-picture'],
  ['a GIF', async () => Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'not-a-picture'],
  ['a JPEG cut short', async () => (await picture('#123456')).subarray(0, 3_000), 'not-a-picture'],
  ['a picture of an iPhone', async () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1', 'latin1'), 'heic'],
  ['a bomb of pixels', async () => bomb(60_000, 60_000), 'too-large'],
]
for (const [what, bytes, code] of bad)
  test(`refused with words, nothing kept: ${what}`, async () => {
    const home = await makeHome()
    expect(await add(home, await bytes())).toEqual({ status: 'refused', code, message: photoProblemOf(code) })
    expect(await kept(home)).toEqual([])
  })

test('three of a meter’s month, the same one once, however many come at once', async () => {
  const home = await makeHome()
  const uploads = await Promise.all(
    ['#111111', '#222222', '#333333', '#444444', '#555555'].map((color) => picture(color, 90, 60)),
  )
  const [first = Buffer.alloc(0)] = uploads
  const same = await Promise.all([add(home, first), add(home, first), add(home, first)])
  for (const answer of same) expect(answer).toMatchObject({ status: 'ok' })
  expect(await kept(home)).toHaveLength(1)
  const answers = await Promise.all(uploads.map((upload) => add(home, upload)))
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(3)
  expect(answers.filter((answer) => answer.status === 'refused' && answer.code === 'full')).toHaveLength(2)
  expect(await kept(home)).toHaveLength(3)
})

test('only who sees the account, and staff, see its pictures; a month without a reading has none', async () => {
  const [home, other] = [await makeHome(), await makeHome()]
  const upload = await picture('#778899', 90, 60)
  const stranger = await addPhoto(other.subscriber, input(home), upload)
  expect(stranger).toMatchObject({ status: 'refused', code: 'absent' })
  expect(await add(home, upload, '2026-09')).toEqual(stranger)
  expect(await addPhoto(home.subscriber, { ...input(home), meter: 999_999_999 }, upload)).toEqual(stranger)
  const staff = await makeStaff()
  expect(await addPhotoByStaff(staff, input(home), upload)).toMatchObject({ status: 'ok' })
  const [photo] = await photosOfMonth(home.subscriber, home.account.id, OCTOBER)
  const id = photo?.id ?? ''
  expect(await photoFor(home.subscriber, id)).toEqual(await photoForStaff(staff, id))
  expect(await photoFor(other.subscriber, id)).toBeUndefined()
  expect(await photosOfMonth(other.subscriber, home.account.id, OCTOBER)).toEqual([])
  for (const unknown of ['1', '00000000-0000-4000-8000-000000000000', "' or true"])
    expect(await photoFor(home.subscriber, unknown)).toBeUndefined()
  expect(await photosOfMeter(staff, home.meter.id, OCTOBER)).toEqual([photo])
})
