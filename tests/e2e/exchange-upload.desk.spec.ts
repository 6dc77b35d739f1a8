import { createHash, randomBytes } from 'node:crypto'
import { ask, expect, test } from '../support/journey'

test('a file of 15 MB arrives whole, and the server goes on', async ({ office, demo }) => {
  const buffer = randomBytes(15 * 1024 * 1024)
  const answer = await office.request.post('/admin/exchange/upload', {
    multipart: { file: { name: 'big.bin', mimeType: 'application/octet-stream', buffer } },
    headers: { origin: demo.url },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  const id = answer.headers().location?.split('/').at(-1)
  const sha256 = createHash('sha256').update(buffer).digest('hex')
  expect(await ask('select size, sha256 from imports where id = $1', [id])).toEqual([
    { size: String(buffer.length), sha256 },
  ])
  await office.goto(`/admin/exchange/${id}`)
  await expect(office.getByRole('heading', { level: 1 })).toContainText('big.bin')
})
