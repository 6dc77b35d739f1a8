import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, consents, documentVersions } from '@/db/schema'
import { acceptDocuments } from '@/lib/acceptance/commands'
import { dueDocuments } from '@/lib/acceptance/queries'
import { acceptanceFile, acceptances } from '@/lib/acceptance/staff'
import { publishFirstVersions } from '@/lib/documents/commands'
import { textHash } from '@/lib/documents/hash'
import { comingVersions, currentDocument, documentVersion, newestVersion } from '@/lib/documents/queries'
import { previewVersion, publishVersion } from '@/lib/publishing/commands'
import { listedVersions } from '@/lib/publishing/queries'
import { versionForm } from '@/lib/publishing/schema'
import type { Subscriber } from '@/lib/session/require'
import { sessionState, startSession } from '@/lib/session/sessions'
import { addDays, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { expect, testAlone } from '../support/database'
import { makeStaff, makeSubscriber, makeUser } from '../support/people'

/** What is published stays: these tests have a worker, and so a database, of their own. */
const test = testAlone('agreement')

test.describe.configure({ mode: 'serial' })

test.beforeAll(() => db().transaction(publishFirstVersions))

const now = () => new Date()
const today = () => moscowDay(now())
let texts = 0

/** The form of the next version of a document, as the page would send it. */
async function nextForm(kind: 'agreement' | 'consent' = 'agreement', change: object = {}) {
  const newest = await newestVersion(kind)
  const body = `${newest?.body}\n\n9.${++texts}. Новый пункт.`
  const form = { kind, base: String(newest?.version ?? 0), step: 'publish', title: newest?.title, body }
  return versionForm.parse({ ...form, effectiveOn: today(), ...change })
}

async function publishNext(kind: 'agreement' | 'consent' = 'agreement', change: object = {}) {
  const result = await publishVersion(await makeStaff(), await nextForm(kind, change), now())
  if (result.status !== 'ok') throw new Error(`not published: ${result.status}`)
  return result.value.version
}

/** A new sign-in of the person, and what the gate would know of it. */
async function signIn({ userId }: { userId: string }, mode: 'own' | 'staff' = 'own') {
  const of = { userId, mode, device: '', address: '', now: now() }
  return db().transaction((tx) => startSession(tx, of))
}

const waitsFor = async (id: string) => {
  const state = await sessionState(id, now())
  return state.kind === 'live' ? state.mustAccept : state.kind
}
const given = ({ userId }: Subscriber, kind: 'agreement' | 'personal_data') =>
  db()
    .select()
    .from(consents)
    .where(and(eq(consents.userId, userId), eq(consents.kind, kind)))
    .orderBy(asc(consents.documentVersion))

test('a version published today is in force at once, with its row in the journal', async () => {
  const staff = await makeStaff()
  const form = await nextForm('agreement', { title: 'Новое соглашение' })
  const published = await publishVersion(staff, form, now())
  expect(published).toEqual({ status: 'ok', value: { version: 2 } })
  const document = await currentDocument('agreement')
  expect(document).toMatchObject({ version: 2, title: 'Новое соглашение', sha256: textHash(form.body) })
  const [row] = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, document?.id ?? ''))
  expect(row).toMatchObject({ action: 'document.published', actorLogin: staff.login })
  expect(row?.subjectLabel).toBe('agreement 2')
  // The same form again is the same version.
  expect(await publishVersion(staff, form, now())).toEqual(published)
  expect((await documentVersion('agreement', 1))?.version).toBe(1)
})

test('of two who publish at once one is told who was quicker', async () => {
  const [one, other] = [await makeStaff(), await makeStaff()]
  const forms = [await nextForm(), await nextForm()] as const
  const results = await Promise.all([
    publishVersion(one, forms[0], now()),
    publishVersion(other, forms[1], now()),
  ])
  const winner = results[0].status === 'ok' ? one : other
  expect(results.map(({ status }) => status).toSorted()).toEqual(['ok', 'refused'])
  expect(results.find(({ status }) => status === 'refused')).toMatchObject({
    code: 'overtaken',
    message: expect.stringContaining(winner.login),
  })
})

test('what differs in nothing, or takes force in the past, is not published', async () => {
  const staff = await makeStaff()
  const newest = await newestVersion('agreement')
  const same = await nextForm('agreement', { body: newest?.body.replaceAll('\n', '\r\n') })
  expect(await previewVersion(staff, same, now())).toMatchObject({ status: 'refused', code: 'same' })
  const late = await nextForm('agreement', { effectiveOn: addDays(today(), -1) })
  expect(await publishVersion(staff, late, now())).toMatchObject({
    errors: { effectiveOn: expect.any(String) },
  })
})

test('a text comes from the field or from a file, and never from both', async () => {
  const staff = await makeStaff()
  const newest = await newestVersion('agreement')
  const file = new File(['\ufeff## Из файла\r\n\r\n1.1. Да.'], 'new.md')
  const fromFile = await previewVersion(
    staff,
    await nextForm('agreement', { file, body: newest?.body }),
    now(),
  )
  expect(fromFile).toMatchObject({ status: 'ok', value: { body: '## Из файла\n\n1.1. Да.' } })
  const both = await previewVersion(staff, await nextForm('agreement', { file }), now())
  expect(both).toMatchObject({ status: 'invalid', errors: { file: expect.stringContaining('одно') } })
  const odd = new File([Buffer.from([0xff, 0xfe, 0, 1])], 'new.md')
  const unread = await previewVersion(staff, await nextForm('agreement', { file: odd, body: '' }), now())
  expect(unread).toMatchObject({ status: 'invalid', errors: { file: expect.stringContaining('UTF-8') } })
  const none = await previewVersion(staff, await nextForm('agreement', { body: ' ' }), now())
  expect(none).toMatchObject({ status: 'invalid', errors: { body: expect.any(String) } })
})

test('after a new version a sign-in waits for its acceptance, one that began before does not', async () => {
  const person = await makeSubscriber()
  const before = await signIn(person)
  const version = await publishNext()
  const [phone, desk] = [await signIn(person), await signIn(person)]
  expect(await Promise.all([before, phone, desk].map(waitsFor))).toEqual([null, version, version])

  const [due] = await dueDocuments(person)
  expect(due).toMatchObject({ kind: 'agreement', document: { version }, before: { version: version - 1 } })
  const form = { seen: `agreement-${version}` }
  const pressed = await Promise.all([1, 2].map(() => acceptDocuments(person, form, now())))
  expect(pressed.map(({ status }) => status)).toEqual(['ok', 'ok'])
  expect(await Promise.all([before, phone, desk].map(waitsFor))).toEqual([null, null, null])
  const rows = await given(person, 'agreement')
  expect(rows.map(({ documentVersion }) => documentVersion)).toEqual([version - 1, version])
  expect(rows[1]).toMatchObject({ textHash: due?.document.sha256, address: person.address })
  const journal = and(eq(auditLog.action, 'document.accepted'), eq(auditLog.actorId, person.userId))
  expect(await db().$count(auditLog, journal)).toBe(1)
  expect(await waitsFor(await signIn(person))).toBeNull()
})

test('a version that takes force while one reads is read first', async () => {
  const person = await makeSubscriber()
  const version = await publishNext()
  const session = await signIn(person)
  const newer = await publishNext()
  const form = { seen: `agreement-${version}` }
  expect(await acceptDocuments(person, form, now())).toMatchObject({ status: 'refused', code: 'newer' })
  expect(await waitsFor(session)).toBe(version)
  expect((await acceptDocuments(person, { seen: `agreement-${newer}` }, now())).status).toBe('ok')
  expect(await waitsFor(session)).toBeNull()
})

test('a changed consent is given anew by a tick of its own; who withdrew it is not asked', async () => {
  const [person, withdrawn] = [await makeSubscriber(), await makeSubscriber()]
  await db()
    .update(consents)
    .set({ withdrawnAt: now() })
    .where(and(eq(consents.userId, withdrawn.userId), eq(consents.kind, 'personal_data')))
  await publishNext('consent')
  const version = await publishNext()
  const session = await signIn(person)
  const seen = `agreement-${version} consent-2`
  const half = await acceptDocuments(person, { seen, agreement: 'on' }, now())
  expect(half).toMatchObject({ status: 'invalid', errors: { consent: expect.any(String) } })
  expect(await waitsFor(session)).toBe(version)
  const whole = await acceptDocuments(person, { seen, agreement: 'on', consent: 'on' }, now())
  expect(whole.status).toBe('ok')
  expect(await waitsFor(session)).toBeNull()
  expect((await given(person, 'personal_data')).at(-1)?.documentVersion).toBe(2)
  expect((await dueDocuments(withdrawn)).map(({ kind }) => kind)).toEqual(['agreement'])
})

test('who never accepted anything is asked, staff are not', async () => {
  const user = await makeUser()
  expect(await waitsFor(await signIn({ userId: user.id }))).not.toBeNull()
  expect((await dueDocuments({ userId: user.id })).map(({ before }) => before)).toEqual([
    undefined,
    undefined,
  ])
  const staff = await makeStaff()
  expect(await waitsFor(await signIn(staff, 'staff'))).toBe('halfway')
})

test('what was accepted by another way lets the session go on', async () => {
  const person = await makeSubscriber()
  const version = await publishNext()
  const session = await signIn(person)
  await db()
    .insert(consents)
    .values({
      ...{ kind: 'agreement', userId: person.userId, documentVersion: version, textHash: 'x' },
    })
  expect((await acceptDocuments(person, { seen: '' }, now())).status).toBe('ok')
  expect(await waitsFor(session)).toBeNull()
  expect(await given(person, 'agreement')).toHaveLength(2)
})

test('who accepted which version is a list, and a file that runs no formulas', async () => {
  const staff = await makeStaff()
  const current = await currentDocument('agreement')
  const version = current?.version ?? 0
  const person = await makeSubscriber()
  const other = await makeSubscriber()
  const of = { kind: 'agreement', version } as const
  const all = await acceptances(staff, of, { q: '', page: 1 })
  expect(all.rows.map(({ userId }) => userId)).toEqual(expect.arrayContaining([person.userId, other.userId]))
  const found = await acceptances(staff, of, { q: person.login.toUpperCase(), page: 1 })
  expect(found).toMatchObject({ found: 1, rows: [{ userId: person.userId, version }] })
  expect((await acceptances(staff, of, { q: '%', page: 1 })).found).toBe(0)
  const listed = (await listedVersions(staff)).find(
    (one) => one.kind === 'agreement' && one.version === version,
  )
  expect(listed).toMatchObject({ state: 'in-force', accepted: all.found })

  const file = await bytesOf(await acceptanceFile(staff, of))
  expect(file.split('\r\n')).toHaveLength(all.found + 2)
  expect(file).toContain(`;${version};${person.login};`)
  const [taken] = await db().select().from(auditLog).where(eq(auditLog.actorId, staff.userId))
  expect(taken).toMatchObject({ action: 'export.made', after: { rows: all.found } })
})

async function bytesOf(bytes: AsyncGenerator<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

test('a version of a later day is coming: nobody is asked for it, and none may take force before it', async () => {
  const staff = await makeStaff()
  const person = await makeSubscriber()
  const inForce = await currentDocument('agreement')
  const effectiveOn = addDays(today(), 10)
  const version = await publishNext('agreement', { effectiveOn })
  expect((await currentDocument('agreement'))?.version).toBe(inForce?.version)
  expect(await comingVersions('agreement')).toEqual([
    { version, effectiveFrom: startOfMoscowDay(effectiveOn) },
  ])
  expect(await waitsFor(await signIn(person))).toBeNull()
  const early = await nextForm('agreement')
  expect(await publishVersion(staff, early, now())).toMatchObject({
    errors: { effectiveOn: expect.stringContaining(`Версия ${version}`) },
  })
  const instead = await publishNext('agreement', { effectiveOn })
  expect((await comingVersions('agreement')).map((one) => one.version)).toEqual([instead])
  const states = (await listedVersions(staff)).filter(
    (one) => one.version >= version && one.kind === 'agreement',
  )
  expect(states.map(({ state }) => state)).toEqual(['coming', 'replaced'])
  expect(await db().$count(documentVersions, eq(documentVersions.version, version))).toBe(1)
})
