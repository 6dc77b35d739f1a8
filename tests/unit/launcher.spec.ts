import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { identityOf } from '../../scripts/embedded/processes'
import { forgetForwarding } from '../../scripts/launcher/forwarding'
import { loadKeys } from '../../scripts/launcher/keys'
import { releaseLock, takeLock } from '../../scripts/launcher/lock'

const test = base.extend<{ folder: string }>({
  folder: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'kabinet-unit-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

const environment = (given: Record<string, string> = {}) => ({ NODE_ENV: 'test' as const, ...given })

test('secrets are made once, differ from each other, and only their owner reads them', ({ folder }) => {
  const first = loadKeys(folder, environment())
  expect(new Set(Object.values(first)).size).toBe(5)
  expect(Buffer.from(first.PASSPORT_KEY, 'base64')).toHaveLength(32)
  expect(loadKeys(folder, environment())).toEqual(first)
  expect(statSync(path.join(folder, 'keys.json')).mode & 0o777).toBe(0o600)
})

test('a secret of the environment wins, is not written down, and loses no kept one', ({ folder }) => {
  const kept = loadKeys(folder, environment())
  const given = Buffer.alloc(32, 7).toString('base64')
  expect(loadKeys(folder, environment({ PASSPORT_KEY: given })).PASSPORT_KEY).toBe(given)
  expect(readFileSync(path.join(folder, 'keys.json'), 'utf8')).not.toContain(given)
  expect(loadKeys(folder, environment()).PASSPORT_KEY).toBe(kept.PASSPORT_KEY)
})

test('a lock is held by a living process, and free once released', ({ folder }) => {
  const file = path.join(folder, 'lock')
  expect(takeLock(file)).toBeUndefined()
  expect(takeLock(file)).toBe(process.pid)
  releaseLock(file)
  expect(takeLock(file)).toBeUndefined()
})

test('a lock whose holder is dead, or whose pid another process has now, is taken over', ({ folder }) => {
  const file = path.join(folder, 'lock')
  for (const holder of [
    { pid: 2 ** 22 + 1, identity: 'a dead process' },
    { pid: process.pid, identity: 'an earlier process' },
  ]) {
    writeFileSync(file, JSON.stringify(holder))
    expect(takeLock(file)).toBeUndefined()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      pid: process.pid,
      identity: identityOf(process.pid),
    })
    releaseLock(file)
  }
})

test('a visitor cannot forge an address', () => {
  const headers = {
    host: 'lk.example.ru',
    forwarded: 'for=1.1.1.1',
    'x-forwarded-for': '1.1.1.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-real-ip': '1.1.1.1',
  }
  forgetForwarding(headers, '::ffff:198.51.100.7')
  expect(headers).toEqual({ host: 'lk.example.ru', 'x-forwarded-for': '198.51.100.7' })
})
