import { createHash, randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { readUpload, type Upload } from '@/app/admin/exchange/upload/read-upload'
import { db } from '@/db/client'
import { importChunks, imports } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { checkImport, receiveFile } from '@/lib/exchange/commands'
import { importReport } from '@/lib/exchange/queries'
import { billingFile } from '../support/billing-file'
import { expect, test } from '../support/database'
import { freshNumber, inPieces, receive } from '../support/imports'
import { makeStaff } from '../support/people'

const boundary = '----upload-of-a-test'
const kept = ({ fileName, bytes }: Upload) => receiveFile(SERVICE, { fileName, bytes })

/** A form with a file, as a browser sends it. */
function formWith(file: Buffer, fileName = 'начисления.csv'): Buffer {
  const part = (name: string, more = '') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
  return Buffer.concat([
    Buffer.from(`${part('file', `; filename="${fileName}"`)}content-type: text/csv\r\n\r\n`),
    file,
    Buffer.from(`\r\n${part('asOf')}\r\n2026-11-05T18:00\r\n--${boundary}--\r\n`),
  ])
}

/** A request that states `length` bytes, comes in pieces, and may break. */
function request(body: Buffer, { length = body.length, broken = false } = {}): Request {
  let from = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (from < body.length) controller.enqueue(body.subarray(from, from + 65_536))
      else if (broken) controller.error(new Error('connection lost'))
      else controller.close()
      from += 65_536
    },
  })
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(length),
  }
  const init = { method: 'POST', body: stream, headers, duplex: 'half' }
  return new Request('http://localhost/upload', init)
}

test('a file of 15 MB arrives whole, in parts of 1 MB, with the fields of its form', async () => {
  const file = randomBytes(15 * 1024 * 1024 + 321)
  const fields = await readUpload(request(formWith(file)), async (upload) => {
    const received = await kept(upload)
    return { received, asOf: upload.fields.get('asOf') }
  })
  expect(fields).toMatchObject({ received: { status: 'ok' }, asOf: '2026-11-05T18:00' })
  const sha256 = createHash('sha256').update(file).digest('hex')
  const [found] = await db().select().from(imports).where(eq(imports.sha256, sha256))
  expect(found).toMatchObject({ size: file.length, fileName: 'начисления.csv', kind: null })
  const parts = await db()
    .select({ bytes: importChunks.bytes })
    .from(importChunks)
    .where(eq(importChunks.importId, found?.id ?? ''))
    .orderBy(importChunks.part)
  expect(parts).toHaveLength(16)
  expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(file)).toBe(true)
})

for (const [what, make, problem] of [
  [
    'that breaks off',
    (body: Buffer) => request(body.subarray(0, 2_000_000), { length: body.length, broken: true }),
    'truncated',
  ],
  [
    'that was cut on the way',
    (body: Buffer) => request(body.subarray(0, 2_000_000), { length: body.length }),
    'truncated',
  ],
  [
    'shorter than it said, though its form is whole',
    (body: Buffer) => request(body, { length: body.length + 1 }),
    'truncated',
  ],
  ['larger than is taken', (body: Buffer) => request(body, { length: 201 * 1024 * 1024 }), 'too-big'],
  ['that is no form', () => request(Buffer.from('no form')), 'truncated'],
  ['without a file', () => request(Buffer.from(`--${boundary}--\r\n`)), 'not-a-file'],
] as const) {
  test(`an upload ${what} leaves nothing`, async () => {
    const before = [await db().$count(imports), await db().$count(importChunks)]
    const sent = make(formWith(randomBytes(3_000_000)))
    await expect(readUpload(sent, kept)).rejects.toMatchObject({ problem })
    expect([await db().$count(imports), await db().$count(importChunks)]).toEqual(before)
  })
}

test('what is no billing file waits for somebody to say how to read it', async () => {
  const staff = await makeStaff()
  const before = await db().$count(imports)
  const nothing = await receiveFile(staff, { fileName: 'x.csv', bytes: inPieces(Buffer.alloc(0)) })
  expect(nothing).toMatchObject({ status: 'refused', code: 'empty' })
  expect(await db().$count(imports)).toBe(before)
  for (const bytes of ['PK\u0003\u0004\u0000\u0000', 'Имя;Сумма\r\nОля;1\r\n', '"'.repeat(1001)]) {
    const id = await receive(staff, Buffer.from(bytes))
    expect(await importReport(staff, id)).toMatchObject({ state: 'received', kind: null, report: null })
    expect(await checkImport(id)).toMatchObject({ status: 'refused', code: 'no-profile' })
  }
})

test('bytes that end badly leave nothing', async () => {
  const before = await db().$count(imports)
  const chunks = await db().$count(importChunks)
  async function* broken() {
    yield Buffer.alloc(3_000_000, 'a')
    throw new Error('connection lost')
  }
  await expect(receiveFile(SERVICE, { fileName: 'x.csv', bytes: broken() })).rejects.toThrow(
    'connection lost',
  )
  expect([await db().$count(imports), await db().$count(importChunks)]).toEqual([before, chunks])
})

test('stored bytes that are not those received are found out', async () => {
  const staff = await makeStaff()
  const id = await receive(staff, billingFile('accounts', [{ accountNumber: freshNumber() }]))
  await db().execute(sql`update import_chunks set bytes = set_byte(bytes, 40, 32) where import_id = ${id}`)
  await expect(checkImport(id)).rejects.toThrow()
  expect(await importReport(staff, id)).toMatchObject({
    state: 'received',
    problem: expect.stringContaining('повреждён'),
  })
})
