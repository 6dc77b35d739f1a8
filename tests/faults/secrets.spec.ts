import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import sharp from 'sharp'
import { z } from 'zod'
import { classify } from '@/lib/session/gate'
import { routesOf } from '../guards/doors'
import { projectTree } from '../guards/tree'
import { canaries, canary, passportForms, sensible } from '../support/canaries'
import { readPage } from '../support/html'
import { makeDataDir, Service } from '../support/launcher'
import { staffCookie } from '../support/staff-session'
import { type Step, shapeOf, type Typist, Walker } from '../support/walker'

test.describe.configure({ mode: 'serial' })

const { dataDir, remove } = makeDataDir()
const people = z.object({
  databaseUrl: z.string(),
  staff: z.object({ login: z.string() }),
  auditor: z.object({ login: z.string() }),
  applicant: z.record(z.string(), z.string()),
  subscriber: z.object({ login: z.string(), password: z.string() }),
})
const refusal = z.object({ user: z.string().optional(), code: z.string() })
let service: Service
let applicant: Walker
let office: Walker
/** Tokens of the one-time links that letters brought. */
const tokens: string[] = []

test.beforeAll(async () => {
  test.setTimeout(360_000)
  service = await Service.start(dataDir, { LOG_LEVEL: 'debug', TRUSTED_PROXIES: '1' })
  applicant = new Walker(service.url, '10.77.0.1')
  office = new Walker(service.url, '10.77.0.2')
  office.keep(...(await staffCookie(dataDir, demo().databaseUrl, demo().staff.login)))
})

test.afterAll(async () => {
  await service?.stop()
  remove()
})

test('somebody types in confidence, everywhere they can', async () => {
  test.setTimeout(180_000)
  await applicant.walk(['/personal'], { within: /^\/personal/, skip: signsOut, typists: [canaries] })
  const sent = await applicant.sendFrom('/personal/request', 'passport', asApplicant)
  expect(sent.body).toContain('Заявка успешно отправлена')
  await approve()
  await becomeSubscriber()
  await becomeHelper()
  const dials = await lastDials()
  await applicant.walk(['/personal'], {
    within: /^\/(personal|demo-bank)/,
    skip: signsOut,
    typists: [canaries, sensible(dials)],
  })
  await office.walk(['/admin'], {
    within: /^\/admin/,
    skip: (form) => signsOut(form) || /Заблокировать|Отключить/.test(form.words),
    typists: [(field) => (canaries(field) === canary.words ? canary.reasons : canaries(field))],
  })
  const broken = [...applicant.steps, ...office.steps].filter(({ status }) => status >= 500 && status !== 503)
  expect(broken.map(({ method, address, status }) => `${method} ${address} ${status}`)).toEqual([])
})

test('the logs know none of it', () => {
  const printed = service.everythingPrinted()
  expect(printed).toContain('Ready: ')
  for (const secret of [
    ...passportForms,
    canary.email,
    canary.password,
    canary.words,
    canary.reasons,
    ...tokens,
  ])
    expect(printed.includes(secret), `the log holds ${secret}`).toBe(false)
})

test('who asked for what is not theirs to do stands in the log, by id and permission', async () => {
  const { login, password } = demo().subscriber
  const resident = new Walker(service.url, '10.77.0.4')
  await resident.sendFrom(
    '/personal/login',
    'login',
    ({ name }) => ({ login, password: 'не тот пароль' })[name],
  )
  await resident.sendFrom('/personal/login', 'login', ({ name }) => ({ login, password })[name])
  expect((await resident.get('/admin/people')).status).toBe(404)
  const [person] = await rows(`select id as text from users where login = '${login}'`)
  const told = (event: string) =>
    service
      .everythingPrinted()
      .split('\n')
      .filter((line) => line.includes(`"msg":"${event}"`))
      .map((line) => line.slice(line.indexOf('{')))
      .map((line) => refusal.parse(JSON.parse(line)))
  await expect.poll(() => told('not permitted')).toContainEqual({ user: person, code: 'staff' })
  expect(told('sign-in refused')).toContainEqual({ user: person, code: 'wrong' })
  expect(service.everythingPrinted()).not.toContain('10.77.0.4')
})

test('no address does', () => {
  const addresses = [...applicant.steps, ...office.steps].flatMap(({ address, location, body }) => [
    address,
    location,
    ...(body.startsWith('<!') ? readPage(body).links : []),
  ])
  const plain = addresses.map(decoded)
  for (const secret of [...passportForms, canary.email, canary.password, canary.words, canary.reasons])
    expect(plain.filter((address) => address.includes(secret))).toEqual([])
  for (const token of tokens)
    expect(plain.filter((address) => address.includes(token) && !oneTime.test(address))).toEqual([])
})

test('letters hold no passport and no password, and a link only for whom it is', () => {
  const letters = readLetters()
  expect(letters.length).toBeGreaterThan(3)
  for (const letter of letters) {
    for (const secret of [...passportForms, canary.password])
      expect(letter.includes(secret), `a letter holds ${secret}`).toBe(false)
    const [, ...lines] = letter.split('\n')
    if (!letter.startsWith(`Кому: ${canary.email}`))
      expect(tokens.filter((token) => lines.join('\n').includes(token))).toEqual([])
  }
})

test('no table holds a passport, a password or a token that opens anything', async () => {
  const dump = await dumpOfEverything()
  expect(dump).toContain(canary.email)
  for (const secret of [...passportForms, canary.password, ...tokens])
    expect(dump.includes(secret), `the database holds ${secret}`).toBe(false)
  const journal = await rows('select row_to_json(a)::text as text from audit_log a')
  for (const secret of [canary.email, canary.words])
    expect(journal.filter((row) => row.includes(secret))).toEqual([])
})

test('a browser is sent no more of it than its page shows', () => {
  for (const { method, address, body } of [...applicant.steps, ...office.steps]) {
    for (const secret of [canary.password, ...tokens])
      expect(!body.includes(secret) || oneTime.test(address), `${address} holds ${secret}`).toBe(true)
    // What was just typed comes back to its own form.
    if (method === 'POST') continue
    for (const secret of passportForms)
      expect(body.includes(secret), `${address} holds ${secret}`).toBe(false)
    if (body.startsWith('<!') && body.includes(canary.email))
      expect(
        readPage(body).seen.includes(canary.email),
        `${address} carries an e-mail it does not show`,
      ).toBe(true)
  }
})

test('what is another person’s is not there, like what never was', async () => {
  const stranger = new Walker(service.url, '10.77.0.3')
  const { login, password } = demo().subscriber
  await stranger.sendFrom('/personal/login', 'login', ({ name }) => ({ login, password })[name])
  const own = applicant.steps.filter(isOwnObject)
  const shapes = new Map(own.map((step) => [shapeOf(step.address), step.address]))
  expect(missedRoutes([...shapes.keys()])).toEqual([])
  for (const address of shapes.values()) {
    const theirs = await stranger.get(address)
    const nowhere = someOther(address)
    const nobodys = await stranger.get(nowhere)
    expect(theirs.status, address).toBe(404)
    expect(plain(theirs, [address, nowhere]), address).toBe(plain(nobodys, [address, nowhere]))
  }
})

const signsOut = ({ words }: { words: string }) => /Выйти/.test(words)
const oneTime = /^\/personal\/(credentials|helper|confirm|undo)\//

function demo() {
  return people.parse(JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')))
}

/** The demo's applicant, with a passport and an e-mail of ours. */
function asApplicant({ name, kind }: Parameters<Typist>[0]): string {
  const { passport, passportIssuedBy, email, ...rest } = demo().applicant
  const typed: Record<string, string> = {
    ...rest,
    passport: canary.passport,
    passportIssuedBy: canary.issuedBy,
    email: canary.email,
  }
  return kind === 'checkbox' ? 'on' : (typed[name] ?? '')
}

async function approve(): Promise<void> {
  const [request] = await rows(`select id as text from access_requests where email = '${canary.email}'`)
  const page = await office.get(`/admin/requests/${request}`)
  const form = readPage(page.body).forms.find(({ words }) => words.includes('Подтвердить'))
  if (!form) throw new Error('the request has no «Подтвердить»')
  await office.send(page.address, form, () => 'on')
}

async function becomeSubscriber(): Promise<void> {
  const letter = await expect
    .poll(() => readLetters().find((text) => text.includes('/personal/credentials/')), { timeout: 20_000 })
    .toBeTruthy()
    .then(() => readLetters().find((text) => text.includes('/personal/credentials/')) ?? '')
  const token = /credentials\/([\w-]+)/.exec(letter)?.[1] ?? ''
  tokens.push(token)
  const { accountNumber = '' } = demo().applicant
  await applicant.sendFrom(`/personal/credentials/${token}`, 'password', ({ name }) =>
    name === 'digits' ? accountNumber.slice(-4) : canary.password,
  )
  const login = /логин:\s+([a-z2-9]{6})\s/i.exec(letter)?.[1] ?? ''
  const front = await applicant.sendFrom('/personal/login', 'login', ({ name }) =>
    name === 'login' ? login : name === 'password' ? canary.password : undefined,
  )
  expect(front.body).toContain('Выйти')
}

/** Lets the applicant send readings for the demo's subscriber. */
async function becomeHelper(): Promise<void> {
  await rows(
    `insert into helper_access (account_id, holder_id, email, name, until, token_hash, invite_ends_at, helper_id, accepted_at)
     select x.account_id, x.user_id, h.email, 'Помощник', now() + interval '1 month', sha256('unused'), now(), h.id, now()
     from users h, users u join account_access x on x.user_id = u.id
     where h.email = '${canary.email}' and u.login = '${demo().subscriber.login}' limit 1 returning id::text as text`,
  )
}

/** Values a little above the last ones, by the names of their fields, and a picture of a dial. */
async function lastDials() {
  const found = await rows(
    `select 'm' || meter_id || 'r' || register || '=' || trim_scale(max(value) + 1) as text
     from readings where superseded_at is null group by meter_id, register`,
  )
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  return {
    dials: new Map(found.map((row) => row.split('=') as [string, string])),
    picture: new File([new Uint8Array(png)], 'dial.png', { type: 'image/png' }),
  }
}

/** Every letter, «Кому: …» first. */
function readLetters(): string[] {
  const folder = path.join(dataDir, 'mail')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .map((text) => text.slice(text.indexOf('Кому:')))
}

async function dumpOfEverything(): Promise<string> {
  const tables = await rows(`select format('%I.%I', schemaname, tablename) as text from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename !~ '^charges'`)
  const contents: string[] = []
  for (const table of tables) contents.push(...(await rows(`select t::text as text from ${table} t`)))
  return contents.join('\n')
}

async function rows(sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: demo().databaseUrl })
  await client.connect()
  try {
    const { rows: found } = await client.query(sql)
    return z
      .array(z.object({ text: z.string() }))
      .parse(found)
      .map(({ text }) => text)
  } finally {
    await client.end()
  }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address.replaceAll('+', ' '))
  } catch {
    return address
  }
}

/** Pages of one's own things, in the cabinet. */
function isOwnObject({ method, address, status }: Step): boolean {
  const [pathname = ''] = address.split('?')
  const isObject = /[0-9a-f-]{36}|\/\d+(\/|$)/.test(pathname)
  return method === 'GET' && status === 200 && isObject && classify(pathname) === 'cabinet'
}

/** Pages of the cabinet about one thing that nobody came to: then nothing was shown of them. */
function missedRoutes(shapes: readonly string[]): string[] {
  const reached = shapes.map((shape) => shape.split('?')[0])
  return routesOf(projectTree())
    .map(([file]) => file)
    .filter((file) => file.includes('(cabinet)') && /\[(?!period|format)\w+\]/.test(file))
    .map(
      (file) =>
        `/${file
          .replace(/^app\//, '')
          .replace(/\([^)]*\)\//g, '')
          .replace(/\/(page\.tsx|route\.ts)$/, '')}`,
    )
    .filter((route) => !reached.includes(route.replace(/\[\w+\]/g, '*')))
}

function someOther(address: string): string {
  return address
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '00000000-0000-4000-8000-000000000000')
    .replace(/\/\d+(?=\/|\?|$)/g, '/99999999')
}

/** A page without what must differ from answer to answer: its nonce, and the ids of these addresses. */
function plain({ body }: Step, addresses: readonly string[]): string {
  const parts = addresses.flatMap((address) => address.split('?')[0]?.split('/') ?? [])
  return parts
    .filter((part) => /\d/.test(part))
    .reduce((text, id) => text.replace(new RegExp(`(?<=["/])${id}(?=["/\\\\?])`, 'g'), 'id'), body)
    .replace(/nonce=\\?"[^"]*"|\\?"nonce\\?":\\?"[^"]*"/g, '')
}
