import { createCanvas } from '@napi-rs/canvas'
import { expect, test } from '@playwright/test'
import { encode } from 'uqr'
import { codeOnPicture } from '@/lib/ledger/qr-picture'

const TEXT = Buffer.from('ST00012|Name=МУП «ККП»|PersAcc=0001234')

/** A sheet with a QR code on it, somewhat askew, as a phone sees it. */
async function photo(kind: 'image/png' | 'image/jpeg'): Promise<Buffer> {
  const { data } = encode(Array.from(TEXT), { ecc: 'M', border: 4 })
  const sheet = createCanvas(1200, 1600)
  const pen = sheet.getContext('2d')
  pen.fillStyle = '#cfc8ba'
  pen.fillRect(0, 0, 1200, 1600)
  pen.rotate(0.12)
  const size = 420 / data.length
  for (const [row, cells] of data.entries())
    for (const [column, dark] of cells.entries()) {
      pen.fillStyle = dark ? '#222' : '#fff'
      pen.fillRect(400 + column * size, 300 + row * size, size + 0.5, size + 0.5)
    }
  return kind === 'image/png' ? sheet.encode('png') : sheet.encode('jpeg', 70)
}

for (const kind of ['image/png', 'image/jpeg'] as const)
  test(`the code on a photo is read: ${kind}`, async () => {
    const found = await codeOnPicture(await photo(kind))
    expect(found.status === 'ok' && Buffer.from(found.value).equals(TEXT)).toBe(true)
  })

test('what is no picture, has no code, or would fill the memory is refused', async () => {
  const code = async (bytes: Uint8Array) => {
    const result = await codeOnPicture(bytes)
    return result.status === 'refused' ? result.code : 'read'
  }
  expect(await code(Buffer.from(''))).toBe('not-a-picture')
  expect(await code(Buffer.from('%PDF-1.3 and so on, longer than a head'))).toBe('not-a-picture')
  expect(await code(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]))).toBe('not-a-picture')
  const blank = await createCanvas(300, 300).encode('png')
  expect(await code(blank)).toBe('no-code')
  const cut = (await photo('image/png')).subarray(0, 3000)
  expect(await code(cut)).toBe('no-code')
  const vast = Buffer.from(blank)
  vast.writeUInt32BE(30_000, 16)
  vast.writeUInt32BE(30_000, 20)
  expect(await code(vast)).toBe('too-large')
})

test('more than two pictures at once wait for nobody', async () => {
  const picture = await photo('image/png')
  const results = await Promise.all(Array.from({ length: 5 }, () => codeOnPicture(picture)))
  const states = results.map((result) => (result.status === 'refused' ? result.code : result.status))
  expect(states.filter((state) => state === 'ok')).toHaveLength(2)
  expect(states.filter((state) => state === 'busy')).toHaveLength(3)
  expect((await codeOnPicture(picture)).status).toBe('ok')
})
