import { expect, test } from '@playwright/test'
import { refusalOf } from '../../scripts/launcher/front-door'
import { scrubConsole } from '../../scripts/launcher/scrub-console'

const post = (headers: Record<string, string>, url = '/personal/login') =>
  refusalOf({ url, method: 'POST', headers })?.status

test('an address that cannot be read is no address', () => {
  for (const url of ['/%', '/personal/credentials/%ED%A0%80', '/admin/requests/%zz?q=1'])
    expect(refusalOf({ url, method: 'GET', headers: {} })?.status).toBe(400)
  for (const url of ['/', '/personal?account=%', '/personal/ledger/%D0%B0', '/admin/people?q=%ED%A0%80'])
    expect(refusalOf({ url, method: 'GET', headers: {} })).toBeUndefined()
})

test('what is asked in another way than by GET, HEAD and POST is turned away', () => {
  for (const method of ['TRACE', 'TRACK', 'OPTIONS', 'PUT', 'DELETE', 'get', undefined])
    expect(refusalOf({ url: '/personal', method, headers: {} })?.status).toBe(405)
  for (const method of ['GET', 'HEAD', 'POST'])
    expect(refusalOf({ url: '/personal', method, headers: {} })).toBeUndefined()
})

test('a form is bounded and says how long it is; the upload bounds itself', () => {
  expect(post({ 'content-length': '1000000' })).toBeUndefined()
  expect(post({ 'content-length': '1000001' })).toBe(413)
  expect(post({ 'transfer-encoding': 'chunked' })).toBe(411)
  expect(post({ 'content-length': '4000000' }, '/admin/readings/sheet')).toBeUndefined()
  expect(post({ 'content-length': '4000001' }, '/admin/readings/sheet')).toBe(413)
  expect(post({ 'content-length': '4000000' }, '/admin/documents/agreement/new')).toBeUndefined()
  expect(post({ 'content-length': '1000001' }, '/admin/documents/agreement/2')).toBe(413)
  expect(post({ 'content-length': '5500000' }, '/admin/accounts/0101/disconnect/x')).toBeUndefined()
  expect(post({ 'content-length': '5500001' }, '/admin/accounts/0101/disconnect/x')).toBe(413)
  expect(post({ 'content-length': '60000000' }, '/admin/exchange/upload')).toBeUndefined()
  expect(post({ 'content-length': '9000000' }, '/personal/readings/photos/upload')).toBeUndefined()
  expect(post({ 'transfer-encoding': 'chunked' }, '/admin/exchange/upload?x')).toBeUndefined()
  expect(post({ 'content-length': '60000000' }, '/admin/exchange/uploads')).toBe(413)
  expect(post({ 'content-length': '9000000' }, '/personal/readings/photos/upload')).toBeUndefined()
})

test('a form with files may be longer, and no other', () => {
  for (const path of [
    '/personal/feedback',
    '/personal/enquiries/new',
    '/personal/enquiries/12',
    '/admin/enquiries/12',
  ]) {
    expect(post({ 'content-length': '9500000' }, path)).toBeUndefined()
    expect(post({ 'content-length': '9500001' }, path)).toBe(413)
  }
  for (const path of ['/personal/feedback/x', '/personal/enquiries', '/admin/enquiries/12/x'])
    expect(post({ 'content-length': '1000001' }, path)).toBe(413)
})

test('an error that is printed shows its class and place, never what it says', () => {
  const [print, write] = [console.error, process.stdout.write]
  const lines: string[] = []
  console.error = (...parts: unknown[]) => lines.push(parts.join(' '))
  process.stdout.write = (chunk: string | Uint8Array) => lines.push(String(chunk)) > 0
  try {
    scrubConsole()
    const cause = Object.assign(new Error('Key (email)=(anna@example.ru)'), { code: '23505' })
    console.error('⨯', new Error('Failed query: insert\nparams: Королёва\n    at Анна', { cause }))
    console.error('plain words')
  } finally {
    console.error = print
    process.stdout.write = write
  }
  const printed = lines.join('')
  expect(printed).toContain('plain words')
  expect(printed).not.toMatch(/Королёва|Анна|anna@/)
})
