import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { auditFilterSchema } from '@/lib/audit/queries'
import { fileLists, textFields } from '@/lib/session/form-fields'

test('the journal’s filters take nothing the database cannot', () => {
  const odd = { who: 'a\0b', subject: '\0', from: '0000-01-01', to: '9999-12-31', before: '1e400' }
  const parsed = auditFilterSchema.parse({ ...odd, action: '__proto__' })
  expect(parsed).toEqual({ who: 'a b', subject: '' })
  expect(auditFilterSchema.parse({ from: '2026-02-31', to: '2026-11-22' })).toEqual({ to: '2026-11-22' })
  expect(auditFilterSchema.parse({ from: '0001-01-01' })).toEqual({})
})

test('an action called with something that is no form gets no fields', () => {
  for (const given of [undefined, null, 3, 'x', {}, [], new Map([['login', 'x']])])
    expect(textFields(given)).toBeUndefined()
  const form = new FormData()
  form.append('login', ' e\u0308ж\0\ud800 ')
  form.append('long', 'я'.repeat(20_000))
  form.append('file', new Blob(['x']), 'x.txt')
  form.append('$ACTION_KEY', 'k')
  expect(textFields(form)).toEqual({ login: '\u00ebж\ufffd', long: 'я'.repeat(10_000) })
})

test('a field of files holds those that were chosen, all of them', () => {
  const form = new FormData()
  form.append('files', new File([], ''))
  // What a script sends of an empty field.
  form.append('files', new File([], 'undefined'))
  form.append('files', 'not a file')
  expect(fileLists(form, ['files', 'scans'])).toEqual({ files: [], scans: [] })
  form.append('files', new File(['1'], 'a.pdf'))
  form.append('files', new File(['2'], 'b.pdf'))
  expect(fileLists(form, ['files']).files?.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf'])
})

test('all but our own files and the upload pass the first gate', () => {
  const source = readFileSync(path.resolve(import.meta.dirname, '../../middleware.ts'), 'utf8')
  const literal = /matcher: \[\s*'(.+)',?\s*\]/.exec(source)?.[1]?.replaceAll('\\\\', '\\')
  const gated = new RegExp(`^${literal}$`)
  const inside = [
    '/',
    '/personal',
    '/admin/exchange/upload2',
    '/admin/exchange',
    '/icon.svgz',
    '/_next/staticx',
    '/sw.jsx',
    '/personal/sw.js',
    '/manifest.webmanifestx',
    '/iconsx',
  ]
  for (const address of inside) expect(address).toMatch(gated)
  const outside = [
    '/admin/exchange/upload',
    '/icon.svg',
    '/favicon.ico',
    '/_next/static/chunks/a.js',
    '/sw.js',
    '/manifest.webmanifest',
    '/icons/192.png',
    '/apple-icon.png',
  ]
  for (const address of outside) expect(address).not.toMatch(gated)
})
