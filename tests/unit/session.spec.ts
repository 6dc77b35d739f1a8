import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { linkState, newLogin, sameName } from '@/lib/access/rules'
import { clientAddress, isOwnOrigin } from '@/lib/session/address'
import {
  deviceCookie,
  hostCookie,
  knowsDevice,
  sessionCookieName,
  sessionIdIn,
  sessionToken,
} from '@/lib/session/cookies'
import { gate } from '@/lib/session/gate'
import { clearing, contentPolicy, headersEverywhere } from '@/lib/session/headers'
import { passwordProblem } from '@/lib/session/password-rules'
import { openedSearch, sealedSearch } from '@/lib/session/sealed-search'
import { isLive, type SessionState } from '@/lib/session/sessions'
import { networkOf } from '@/lib/session/throttle'

const live = (kind: 'subscriber' | 'staff', mustAccept: number | null = null): SessionState => ({
  kind: 'live',
  idHash: Buffer.alloc(32),
  mode: 'own',
  idleEndsAt: new Date('2026-11-22T12:15:00Z'),
  endsAt: new Date('2026-11-22T20:00:00Z'),
  mustAccept,
  user: { id: 'x', kind, roles: kind === 'staff' ? ['operator'] : [], login: 'abc', name: 'А' },
})
const states = {
  anonymous: { kind: 'anonymous' },
  ended: { kind: 'ended' },
  blocked: { kind: 'blocked' },
  subscriber: live('subscriber'),
  staff: live('staff'),
  halfway: {
    kind: 'halfway',
    idHash: Buffer.alloc(32),
    startedAt: new Date('2026-11-22T12:00:00Z'),
    user: { id: 'x', login: 'abc' },
  },
  toAccept: live('subscriber', 2),
} as const satisfies Record<string, SessionState>

const verdicts = [
  ['/', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal', 'pass', 'pass', 'blocked', 'pass', 'office', 'code', 'agreement'],
  ['/personal/login', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/login/code', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/request/x', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/documents/agreement/1', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/ledger', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'agreement'],
  ['/personal/ledger/2026-10', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'agreement'],
  ['/personal/readings', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'agreement'],
  ['/personal/helper/x', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/help/x', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'agreement'],
  ['/admin', 'login', 'login', 'blocked', 'forbidden', 'pass', 'code', 'forbidden'],
  ['/admin/requests/x', 'login', 'login', 'blocked', 'forbidden', 'pass', 'code', 'forbidden'],
  ['/api/health', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/api/payments/notify/yookassa', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/demo-bank/x', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/administer', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'],
  ['/personal/agreement', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'pass'],
  ['/personal/agreement/x', 'login', 'login', 'blocked', 'pass', 'office', 'code', 'agreement'],
] as const

for (const [path, ...expected] of verdicts) {
  test(`the gate at ${path}`, () => {
    expect(Object.values(states).map((state) => gate(path, state))).toEqual(expected)
  })
}

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes))
const session = (mode: 'own' | 'shared' | 'staff', seen: number, ends: number) => ({
  mode,
  lastSeenAt: at(seen),
  endsAt: at(ends),
  revokedAt: null,
})

test('a session ends by idleness, by its absolute end and by revocation', () => {
  expect(isLive(session('shared', 0, 60), at(9))).toBe(true)
  expect(isLive(session('shared', 0, 60), at(10))).toBe(false)
  expect(isLive(session('staff', 0, 480), at(14))).toBe(true)
  expect(isLive(session('staff', 0, 480), at(15))).toBe(false)
  expect(isLive(session('own', 59, 60), at(60))).toBe(false)
  expect(isLive({ ...session('own', 0, 60), revokedAt: at(0) }, at(1))).toBe(false)
})

test('a link is usable until it is used, replaced or out of time', () => {
  const link = { usedAt: null, revokedAt: null, expiresAt: at(30) }
  expect(linkState(link, at(29))).toBe('usable')
  expect(linkState(link, at(30))).toBe('expired')
  expect(linkState({ ...link, usedAt: at(1) }, at(2))).toBe('used')
  expect(linkState({ ...link, revokedAt: at(1) }, at(2))).toBe('used')
})

test('a login is six unambiguous characters', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const login = newLogin((below) => Number(numbers.next().value) % below)
      expect(login).toMatch(/^[a-hjkmnp-z2-9]{6}$/)
    }),
  )
})

test('names are the same whatever the case, spaces and ё', () => {
  expect(sameName(['КОРОЛЕВА', 'Анна '], ['Королёва', ' анна'])).toBe(true)
  expect(sameName(['Королёва', 'Анна'], ['Королёва', 'Инна'])).toBe(false)
})

const passwords = [
  ['коротко', 'не меньше 12'],
  ['a'.repeat(257), 'Не больше 256'],
  ['aaaaaaaaaaaaaaaa', 'легко подобрать'],
  ['password123456', 'легко подобрать'],
  ['k7m4xp-k7m4xp', 'легко подобрать'],
  ['0104523 0104523', 'легко подобрать'],
  ['1q2w3e4r5t6y', 'легко подобрать'],
  ['happybirthday', 'легко подобрать'],
  ['Alexander1990', 'легко подобрать'],
  ['привет привет', 'легко подобрать'],
  ['Солнышко 1985', 'легко подобрать'],
  ['gfhjkmgfhjkm', 'легко подобрать'],
  ['личный кабинет', 'легко подобрать'],
  ['показания2026', 'легко подобрать'],
  ['89107654321098', 'легко подобрать'],
  ['ъэжю-ъэжю-ъэжю-', 'легко подобрать'],
  ['sunshine dragon 71 oak', undefined],
  ['zima-reka-sosna-oblako', undefined],
  ['четыре слова через пробел', undefined],
  ['correct horse battery', undefined],
] as const

for (const [password, problem] of passwords) {
  test(`the password ${password.slice(0, 20)} is ${problem ?? 'taken'}`, () => {
    const found = passwordProblem(password, ['k7m4xp', '0104523'])
    if (problem) expect(found).toContain(problem)
    else expect(found).toBeUndefined()
  })
}

test('the visitor’s address is what our own outermost proxy saw', () => {
  const headers = (entries: string) => new Headers({ 'x-forwarded-for': entries })
  expect(clientAddress(headers('203.0.113.7'))).toBe('203.0.113.7')
  expect(clientAddress(headers('6.6.6.6, 203.0.113.7'))).toBe('203.0.113.7')
  expect(clientAddress(headers('::ffff:203.0.113.7'))).toBe('203.0.113.7')
  expect(clientAddress(new Headers())).toBe('')
})

test('forms are taken from our own origin only', () => {
  expect(isOwnOrigin(new Headers({ origin: 'http://localhost:3999' }))).toBe(true)
  expect(isOwnOrigin(new Headers({ origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }))).toBe(
    false,
  )
  expect(isOwnOrigin(new Headers({ origin: 'null' }))).toBe(false)
  expect(isOwnOrigin(new Headers({ 'sec-fetch-site': 'same-origin' }))).toBe(true)
  expect(isOwnOrigin(new Headers())).toBe(false)
})

test('a device cookie is known for its own login only', () => {
  const cookie = deviceCookie('k7m4xp')
  expect(knowsDevice(cookie, 'K7M4XP ')).toBe(true)
  expect(knowsDevice(cookie, 'other1')).toBe(false)
  expect(knowsDevice('forged.mark', 'k7m4xp')).toBe(false)
  expect(knowsDevice(undefined, 'k7m4xp')).toBe(false)
})

test('a session cookie says the same each time it comes, and a changed or outlived one nothing', async () => {
  const idIn = (token: string) => sessionIdIn(new Headers({ cookie: `${sessionCookieName()}=${token}` }))
  const [token, other] = [await sessionToken('one', 60), await sessionToken('two', 60)]
  for (let times = 0; times < 3; times += 1) {
    expect(await idIn(token)).toBe('one')
    expect(await idIn(other)).toBe('two')
    expect(await idIn(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    expect(await idIn(await sessionToken('three', -60))).toBeUndefined()
    expect(await sessionIdIn(new Headers())).toBeUndefined()
  }
})

test('over https every cookie is this host’s alone', () => {
  expect(hostCookie('probe', true)).toBe('__Host-probe')
  expect(hostCookie('probe', false)).toBe('probe')
})

test('a family shares a browser: it is known for the last five logins', () => {
  const logins = ['aaaaaa', 'bbbbbb', 'cccccc', 'dddddd', 'eeeeee', 'ffffff']
  let cookie: string | undefined
  for (const login of logins) cookie = deviceCookie(login, cookie)
  expect(logins.map((login) => knowsDevice(cookie, login))).toEqual([false, true, true, true, true, true])
  expect(deviceCookie('ffffff', cookie)).toBe(cookie)
})

test('the policy lets no inline script or style in', () => {
  expect(contentPolicy('abc')).toContain("script-src 'self' 'nonce-abc'")
  expect(contentPolicy('abc')).not.toContain('unsafe')
})

test('every answer is told to be what it says, in no frame, and over https for a year', () => {
  expect(Object.fromEntries(headersEverywhere(true))).toEqual({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "frame-ancestors 'none'",
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  })
  expect(Object.fromEntries(headersEverywhere(false))).not.toHaveProperty('strict-transport-security')
})

test('the page after «Выйти» empties the browser’s cache and leaves its storage and cookies alone', () => {
  const at = (url: string) => clearing(new URL(url, 'http://localhost'))
  expect(at('/personal/login?state=out')).toBe('"cache"')
  for (const url of ['/personal/login', '/personal/login?state=ended', '/personal?state=out'])
    expect(at(url)).toBeUndefined()
})

test('an IPv6 line counts as one visitor, whichever of its addresses it comes from', () => {
  expect(networkOf('2a02:5180:0:7::1')).toBe('2a02:5180:0:7::/64')
  expect(networkOf('2a02:5180:0000:0007:ffff::9')).toBe('2a02:5180:0:7::/64')
  expect(networkOf('2a02:5180::1')).toBe('2a02:5180:0:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('2a02:5180:0:7:1:2:3:4')).toBe('2a02:5180:0:7::/64')
  for (const other of ['203.0.113.7', 'korolyova', 'anna@example.ru', ''])
    expect(networkOf(other)).toBe(other)
})

test('words searched for stand sealed in an address, numbers as they are', () => {
  expect(sealedSearch('0104523')).toBe('0104523')
  const sealed = sealedSearch('Королёва Анна')
  expect(sealed).toMatch(/^~[\w-]+$/)
  expect(openedSearch(sealed)).toBe('Королёва Анна')
  expect(sealedSearch('Королёва Анна')).not.toBe(sealed)
  for (const [given, read] of [
    ['Гусев', 'Гусев'],
    ['~', ''],
    [`${sealed.slice(0, -2)}AA`, ''],
    [undefined, ''],
    [['a', 'b'], ''],
  ] as const)
    expect(openedSearch(given)).toBe(read)
})
