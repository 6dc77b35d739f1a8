import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { db, pool, type Tx } from '@/db/client'
import { auditLog, auditSeals } from '@/db/schema'
import { headOf } from '@/lib/audit/chain'
import { headLine, headsFile, keepHead, lostHead, readHeads } from '@/lib/audit/heads'
import { checkJournal, linesOf } from '@/lib/audit/journal-file'
import { record } from '@/lib/audit/record'
import { sealAudit, settledId } from '@/lib/audit/seal'
import { recentFrom, verifyChain } from '@/lib/audit/verify'
import { journalFile, verifyRecent, verifyWhole } from '@/lib/inspection/commands'
import { chainState } from '@/lib/inspection/queries'
import { journalForm } from '@/lib/inspection/schema'
import type { Staff } from '@/lib/session/require'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { expect, testAlone } from '../support/database'
import { makeStaff } from '../support/people'

/** A journal of their own. */
const test = testAlone('audit-chain')

test.describe.configure({ mode: 'serial' })

const act = (tx: Tx, label: string) =>
  record(
    tx,
    { userId: null, login: 'сервис', address: '' },
    {
      action: 'settings.changed',
      subject: { kind: 'settings', id: '1', label },
      // Every sign a line could stumble over.
      after: { reason: `«ё» "кавычки" \\ \n\r\u2028 ${label}`, rows: 12, yes: true, none: null },
    },
  )
const write = (label: string) => db().transaction((tx) => act(tx, label))
const unsealed = async () =>
  db().$count(auditLog, sql`id > (select coalesce(max(to_id), 0) from audit_seals)`)

test('every row gets one seal, whoever seals; nothing new is nothing sealed', async () => {
  expect(await settledId(db())).toBeUndefined()
  expect(await sealAudit()).toBe(0)
  await write('первая')
  expect(await sealAudit()).toBe(1)
  for (const label of ['а', 'б', 'в']) await write(label)
  const sealed = await Promise.all([sealAudit(), sealAudit(), sealAudit()])
  expect(sealed.toSorted()).toEqual([0, 0, 3])
  expect(await sealAudit()).toBe(0)
  expect(await unsealed()).toBe(0)
  expect(await verifyChain(db())).toEqual({ from: 1, to: 2, rows: 4, breach: undefined })
})

test('ids that were given out and rolled back are no gap', async () => {
  await db()
    .transaction(async (tx) => {
      await act(tx, 'не будет')
      throw new Error('undone')
    })
    .catch(() => undefined)
  await write('после')
  expect(await sealAudit()).toBe(1)
  expect((await verifyChain(db())).breach).toBeUndefined()
})

test('a row that is committed late is never passed over, and nobody who writes is held up', async () => {
  const client = await pool().connect()
  await client.query('begin')
  await client.query(`
    insert into audit_log (actor_login, action, subject_kind, subject_id, subject_label)
    values ('сервис', 'settings.changed', 'settings', '1', 'поздняя')`)
  await write('быстрая')
  expect(await settledId(db(), 50)).toBeUndefined()
  const sealing = sealAudit()
  const began = performance.now()
  await write('во время опечатывания')
  expect(performance.now() - began).toBeLessThan(1_000)
  await client.query('commit')
  client.release()
  // What was written while it was waited may be left for the next time.
  const sealed = await sealing
  expect(sealed).toBeGreaterThanOrEqual(2)
  expect(sealed + (await sealAudit())).toBe(3)
  expect(await unsealed()).toBe(0)
  expect((await verifyChain(db())).breach).toBeUndefined()
})

test('a long journal is sealed in parts, and its last part alone can be reckoned', async () => {
  await db().execute(sql`
    insert into audit_log (actor_login, action, subject_kind, subject_id, subject_label)
    select 'сервис', 'settings.changed', 'settings', '1', n::text from generate_series(1, 212) n`)
  expect(await sealAudit(10)).toBe(212)
  const whole = await verifyChain(db())
  expect(whole).toMatchObject({ from: 1, breach: undefined })
  const from = await recentFrom(db(), 35)
  expect(await verifyChain(db(), from)).toEqual({ from, to: whole.to, rows: 32, breach: undefined })
  expect(await recentFrom(db(), 1)).toBe(whole.to)
  expect(await recentFrom(db())).toBe(0)
})

const unguarded = sql`
  alter table audit_log disable trigger user; alter table audit_seals disable trigger user`
const second = sql`(select from_id from audit_seals where id = 2)`
const breaches: [words: string, seal: number, change: ReturnType<typeof sql>][] = [
  ['changed', 2, sql`update audit_log set address = 'нет' where id = ${second}`],
  ['dated anew', 2, sql`update audit_log set at = at + interval '1 microsecond' where id = ${second}`],
  ['deleted', 2, sql`delete from audit_log where id = ${second}`],
  [
    'put in place of one rolled back',
    3,
    sql`insert into audit_log (id, actor_login, action, subject_kind, subject_id, subject_label) overriding system value
      select from_id, 'сервис', 'x', 'x', 'x', 'x' from audit_seals where id = 3`,
  ],
  ['unsealed', 3, sql`delete from audit_seals where id = 2`],
  ['sealed anew by itself', 2, sql`update audit_seals set hash = sha256('x') where id = 2`],
]
for (const [words, seal, change] of breaches) {
  test(`a row ${words} past the guard is found, by us and by the invariant`, async () => {
    const [invariant] = readInvariants().filter(({ number }) => number === '9')
    if (!invariant) throw new Error('no invariant 9')
    const client = await pool().connect()
    const end = new Error('undone')
    try {
      await db()
        .transaction(async (tx) => {
          await tx.execute(unguarded)
          await tx.execute(change)
          expect((await verifyChain(tx)).breach).toMatchObject({ id: seal })
          const { rows } = await tx.execute(sql.raw(invariant.query))
          expect(rows[0]).toMatchObject({ seal })
          throw end
        })
        .catch((error: unknown) => {
          if (error !== end) throw error
        })
      expect(await breachesOf(client, invariant)).toMatchObject({ count: 0 })
    } finally {
      client.release()
    }
  })
}

test('the settings of a connection change nothing in what is reckoned', async () => {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local timezone = 'Asia/Kamchatka'`)
    await tx.execute(sql`set local datestyle = 'German'`)
    await tx.execute(sql`set local intervalstyle = 'sql_standard'`)
    expect((await verifyChain(tx)).breach).toBeUndefined()
  })
})

test('a chain made anew as a whole does not hold the heads kept elsewhere', async () => {
  const head = await headOf(db())
  if (!head) throw new Error('nothing sealed')
  await keepHead(db(), new Date())
  await keepHead(db(), new Date())
  const kept = readHeads(readFileSync(headsFile(), 'utf8'))
  expect(kept).toEqual([{ id: head.id, toId: head.toId, hash: head.hash }])
  expect(await lostHead(db(), kept)).toBeUndefined()
  const forged = { ...head, hash: 'ab'.repeat(32) }
  expect(await lostHead(db(), readHeads(headLine(forged, new Date())))).toMatchObject({ id: head.id })
  expect(await lostHead(db(), [{ ...head, id: head.id + 1 }])).toMatchObject({ id: head.id + 1 })
})

async function bytesOf(staff: Staff, asked: object): Promise<string> {
  const parts: Uint8Array[] = []
  const { bytes } = await journalFile(staff, journalForm.parse(asked), new Date())
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

async function* inParts(text: string) {
  for (let at = 0; at < text.length; at += 1_000) yield text.slice(at, at + 1_000)
}

test('a file for an inspection is checked by itself; one sign changed in it is seen', async () => {
  const staff = await makeStaff()
  const file = await bytesOf(staff, { format: 'jsonl' })
  const whole = await verifyChain(db())
  const checked = await checkJournal(linesOf(inParts(file)))
  expect(checked).toMatchObject({ seals: whole.to, rows: whole.rows, unsealed: 1, problem: undefined })
  const broken = await checkJournal(file.replace('"поздняя"', '"ранняя"').split('\n'))
  expect(broken.problem).toMatch(/^seal \d+: a row under it was changed/)
  const cut = file.split('\n').filter((line) => !line.includes('"поздняя"'))
  expect((await checkJournal(cut)).problem).toMatch(/rows where there were/)
  const seals = file.split(/^(?=\{"seal":)/m)
  const [head = '', first = '', , ...others] = seals
  expect((await checkJournal([head, first, ...others].join('').split('\n'))).problem).toMatch(
    /does not follow/,
  )
})

test('the list for reading holds what the filter finds, runs no formulas and is entered itself', async () => {
  const staff = await makeStaff()
  const file = await bytesOf(staff, { format: 'csv', subject: 'поздняя' })
  expect(file.trim().split('\r\n')).toHaveLength(2)
  expect(file).toContain(';сервис;Настройки изменены;Настройки;поздняя;')
  const none = await bytesOf(staff, { format: 'csv', from: '2020-01-01', to: '2020-01-02' })
  expect(none.trim().split('\r\n')).toHaveLength(1)
  const [taken] = await db()
    .select()
    .from(auditLog)
    .where(sql`action = 'export.made' and actor_id = ${staff.userId}`)
    .orderBy(auditLog.id)
  expect(taken).toMatchObject({ subjectLabel: 'журнал', after: { format: 'csv', rows: 1 } })
})

test('what a verification found is said on the page', async () => {
  const staff = await makeStaff()
  await verifyRecent(staff, 35)
  const recent = await chainState(staff)
  expect(recent.verified).toMatchObject({ by: staff.login, whole: false, broken: null })
  await verifyWhole(new Date())
  expect((await chainState(staff)).verified).toMatchObject({ by: 'сервис', whole: true, broken: null })
  expect(recent.head?.line).toContain(`seal ${recent.head?.id} `)
  expect(await db().$count(auditSeals)).toBe(recent.head?.id)
})
