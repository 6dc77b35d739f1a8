import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  accountAccess,
  auditLog,
  letters,
  messageChannels,
  noticeMessages,
  notices,
  textMessages,
  users,
} from '@/db/schema'
import { chooseMessages } from '@/lib/access/messages'
import { env } from '@/lib/env'
import { oweText } from '@/lib/mail/owe-text'
import { deliverNotice } from '@/lib/notices/deliver'
import { previewNotice, prolongNotice, publishNotice, withdrawNotice } from '@/lib/notices/publishing'
import { allNotices, newNotices } from '@/lib/notices/queries'
import { markRead } from '@/lib/notices/reading'
import type { NoticeInput } from '@/lib/notices/schema'
import { noticeForStaff, placesFor } from '@/lib/notices/staff'
import { sendAgain, undelivered } from '@/lib/notices/undelivered'
import type { Subscriber } from '@/lib/session/require'
import { withClient } from '@/scripts/embedded/connect'
import { makeCharge, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeStaff, makeSubscriber } from '../support/people'
import { makeHome } from '../support/reminders'

const now = new Date('2026-11-25T09:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

function input(values: Partial<NoticeInput> = {}): NoticeInput {
  return {
    sendingKey: randomUUID(),
    kind: 'planned',
    title: `Не будет воды ${randomUUID()}`,
    body: 'Меняем трубу.',
    startsAt: hours(24),
    endsAt: hours(32),
    shownUntil: undefined,
    audience: 'all',
    place: '',
    ...values,
  }
}

/** A notice published and its messages owed; its row. */
async function published(values: Partial<NoticeInput> = {}) {
  const notice = await onlyPublished(values)
  await deliverNotice(notice.id, now)
  return notice
}

async function onlyPublished(values: Partial<NoticeInput> = {}) {
  const result = await publishNotice(await makeStaff(), input(values), now)
  if (result.status !== 'ok') throw new Error(JSON.stringify(result))
  const [notice] = await db().select().from(notices).where(eq(notices.number, result.value.number))
  if (!notice) throw new Error('no notice')
  return notice
}

const titles = async (subscriber: Subscriber, at = now) =>
  (await newNotices(subscriber, at)).map(({ title }) => title)
const lettersOf = ({ number }: { number: number }) =>
  db()
    .select({ to: letters.toEmail })
    .from(letters)
    .where(and(eq(letters.kind, 'notice'), sql`${letters.payload}->>'number' = ${String(number)}`))
const emailOf = async ({ userId }: Subscriber) =>
  (await db().select({ email: users.email }).from(users).where(eq(users.id, userId)))[0]?.email ?? ''
const town = () => `${randomUUID().slice(0, 8)}-й микрорайон`

test('a house, a microdistrict, a service: seen and written to by those it is for alone', async () => {
  const [district, other] = [town(), town()]
  const near = await makeHome({ address: `${district}, дом 7, кв. 1` })
  const far = await makeHome({ address: `${district}, дом 8, кв. 1` })
  const away = await makeHome({ address: `${other}, дом 7, кв. 1` })
  const gas = await makeService(`Газ ${randomUUID()}`)
  await makeCharge(away.accountId, '2026-10', gas, { charged: 1n })
  await makeCharge(near.accountId, '2026-05', gas, { charged: 1n })
  const cases = [
    { notice: await published({ audience: 'house', place: `${district}, дом 7` }), whose: [near] },
    { notice: await published({ audience: 'microdistrict', place: district }), whose: [near, far] },
    { notice: await published({ audience: 'service', service: gas }), whose: [away] },
  ]
  for (const { notice, whose } of cases) {
    for (const home of [near, far, away])
      expect((await titles(home.subscriber)).includes(notice.title)).toBe(whose.includes(home))
    const emails = await Promise.all(whose.map(({ subscriber }) => emailOf(subscriber)))
    expect((await lettersOf(notice)).map(({ to }) => to).sort()).toEqual(emails.sort())
  }
})

test('who did not agree, was blocked or sees the account no more is not written to', async () => {
  const place = `${town()}, дом 1`
  const flat = { address: `${place}, кв. 1` }
  const [silent, blocked, gone, glad] = [
    await makeHome(flat),
    await makeHome(flat),
    await makeHome(flat),
    await makeHome(flat),
  ]
  await chooseMessages(silent.subscriber, false, now)
  await db().execute(sql`insert into blocks (user_id, blocked_by, block_reason)
    values (${blocked.subscriber.userId}, ${(await makeStaff()).userId}, 'проверка')`)
  await db().update(accountAccess).set({ endedAt: now }).where(eq(accountAccess.accountId, gone.accountId))
  const preview = await previewNotice(await makeStaff(), input({ audience: 'house', place }), now)
  expect(preview).toMatchObject({ value: { reach: { accounts: 4, people: 2, emails: 1, texts: 0 } } })
  const notice = await published({ audience: 'house', place })
  expect(await lettersOf(notice)).toEqual([{ to: await emailOf(glad.subscriber) }])
  expect(await titles(silent.subscriber)).toContain(notice.title)
  expect(await titles(gone.subscriber)).not.toContain(notice.title)
})

test('an SMS goes where the phone is confirmed and chosen, and SMS are sent at all', async () => {
  const place = `${town()}, дом 2`
  const { subscriber } = await makeHome({ address: `${place}, кв. 1` })
  const { userId } = subscriber
  const phone = `+7910${String(Date.now()).slice(-7)}`
  await db().update(users).set({ phone, phoneConfirmedAt: now }).where(eq(users.id, userId))
  await db().insert(messageChannels).values({ userId, kind: 'notices', email: false, sms: true })
  const texts = () => db().select().from(textMessages).where(eq(textMessages.toPhone, phone))
  await published({ audience: 'house', place })
  expect(await texts()).toEqual([])
  Object.assign(env(), { SMS: 'smsru', SMSRU_API_ID: 'x' })
  try {
    const notice = await published({ audience: 'house', place })
    const [text] = await texts()
    expect(text).toMatchObject({ kind: 'notice', expiresAt: notice.endsAt })
    expect(text?.body.length).toBeLessThanOrEqual(201)
    expect(await lettersOf(notice)).toEqual([])
  } finally {
    Object.assign(env(), { SMS: 'off' })
  }
})

test('never twice: published twice, delivered by two at once, again, and after a stop', async () => {
  const place = `${town()}, дом 3`
  for (let flat = 1; flat <= 5; flat++) await makeHome({ address: `${place}, кв. ${flat}` })
  const staff = await makeStaff()
  const typed = input({ audience: 'house', place })
  const both = await Promise.all([publishNotice(staff, typed, now), publishNotice(staff, typed, now)])
  expect(new Set(both.map((one) => (one.status === 'ok' ? one.value.number : 0))).size).toBe(1)
  const [notice] = await db().select().from(notices).where(eq(notices.sendingKey, typed.sendingKey))
  if (!notice) throw new Error('no notice')
  await Promise.all([1, 2, 3].map(() => deliverNotice(notice.id, now)))
  expect(await lettersOf(notice)).toHaveLength(5)
  // A worker that was killed: some messages are owed, the end is not marked.
  await db().update(notices).set({ deliveredAt: null }).where(eq(notices.id, notice.id))
  await deliverNotice(notice.id, now)
  expect(await lettersOf(notice)).toHaveLength(5)
  expect(await noticeForStaff(staff, notice.number)).toMatchObject({ emails: 5, texts: 0, reads: 0 })
})

test('thousands are owed their letters page by page, each with its job; killed half-way, it goes on', async ({
  database,
}) => {
  test.setTimeout(60_000)
  const place = `${town()}, дом 4`
  await db().execute(sql`
    with flats as (
      insert into accounts (account_number, holder_name, address)
      select 'n' || i || ${randomUUID()}, 'Жилец', ${place} || ', кв. ' || i from generate_series(1, 2500) i returning id
    ), people as (
      insert into users (kind, login, last_name, first_name, email)
      select 'subscriber', 'n' || i || ${randomUUID()}, 'Ж', 'Ж', i || ${`.${randomUUID()}@example.ru`}
      from generate_series(1, 2500) i returning id
    ), agreed as (
      insert into consents (kind, user_id, text_hash) select 'messages', id, 'x' from people
    )
    insert into account_access (user_id, account_id)
    select p.id, f.id from (select id, row_number() over () n from people) p
    join (select id, row_number() over () n from flats) f using (n)`)
  const notice = await onlyPublished({ audience: 'house', place })
  await killedAt(1_500, database.url, place, deliverNotice(notice.id, now))
  expect(await lettersOf(notice)).toHaveLength(1000)
  expect(await deliverNotice(notice.id, now)).toBe(1500)
  expect(await lettersOf(notice)).toHaveLength(2500)
  const { rows } = await db().execute(sql`
    select count(*)::int as jobs from graphile_worker.jobs j
    join letters l on j.key = 'letter:' || l.id where l.kind = 'notice' and l.payload->>'number' = ${String(notice.number)}`)
  expect(rows).toEqual([{ jobs: 2500 }])
})

/** Lets a delivery run until it comes to that person of a house, and kills its connection there. */
async function killedAt(place: number, url: string, house: string, delivery: Promise<number>): Promise<void> {
  const ended = delivery.catch(() => 'killed')
  await withClient(url, async (client) => {
    await client.query('begin')
    await client.query(
      `select from users where id = (
         select x.user_id from account_access x join accounts a on a.id = x.account_id where a.house = $1
         order by 1 offset $2 limit 1) for update`,
      [house, place],
    )
    const waiting = `from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    const count = async () => (await client.query(`select 1 ${waiting}`)).rowCount
    await expect.poll(count).toBe(1)
    await client.query(`select pg_terminate_backend(pid) ${waiting}`)
    expect(await ended).toBe('killed')
    await client.query('rollback')
  })
}

test('read marks take it from the overview and leave it in the list', async () => {
  const place = `${town()}, дом 5`
  const { subscriber } = await makeHome({ address: `${place}, кв. 1` })
  const notice = await published({ audience: 'house', place })
  await markRead(subscriber, notice.number, now)
  await markRead(subscriber, notice.number, now)
  expect(await titles(subscriber)).not.toContain(notice.title)
  const all = await allNotices(subscriber, now)
  expect(all.find(({ number }) => number === notice.number)).toMatchObject({ read: true })
  expect(await allNotices(await makeSubscriber(), now)).toEqual([])
})

test('it is shown until its end; prolonged it stays longer, withdrawn it is gone and nobody more is written to', async () => {
  const place = `${town()}, дом 6`
  const { subscriber } = await makeHome({ address: `${place}, кв. 1` })
  const staff = await makeStaff()
  const notice = await published({
    audience: 'house',
    place,
    kind: 'sudden',
    startsAt: undefined,
    endsAt: hours(2),
  })
  expect(notice).toMatchObject({ startsAt: now, shownUntil: hours(2) })
  expect(await titles(subscriber, hours(3))).not.toContain(notice.title)
  const later = { number: notice.number, endsAt: hours(5), shownUntil: hours(5) }
  expect((await prolongNotice(staff, later, now)).status).toBe('ok')
  expect(await titles(subscriber, hours(3))).toContain(notice.title)
  expect(await prolongNotice(staff, { ...later, shownUntil: hours(-1) }, now)).toMatchObject({
    errors: { shownUntil: expect.any(String) },
  })
  await withdrawNotice(staff, notice, now)
  expect(await titles(subscriber, hours(1))).not.toContain(notice.title)
  expect(await prolongNotice(staff, later, now)).toMatchObject({ code: 'unknown' })
  await db().update(notices).set({ deliveredAt: null }).where(eq(notices.id, notice.id))
  await db().delete(noticeMessages).where(eq(noticeMessages.noticeId, notice.id))
  expect(await deliverNotice(notice.id, now)).toBe(0)
  const acts = await db()
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.subjectId, notice.id))
    .orderBy(auditLog.id)
  expect(acts.map(({ action }) => action)).toEqual([
    'notice.published',
    'notice.prolonged',
    'notice.withdrawn',
  ])
})

test('a place nobody lives at is refused, and the list of places holds those of the accounts', async () => {
  const staff = await makeStaff()
  const district = town()
  await makeHome({ address: `${district}, дом 9, кв. 3` })
  expect(await previewNotice(staff, input({ audience: 'house', place: 'Нет такого' }), now)).toMatchObject({
    errors: { place: expect.any(String) },
  })
  const places = await placesFor(staff)
  expect(places.houses).toContain(`${district}, дом 9`)
  expect(places.microdistricts).toContain(district)
})

test('what did not go is listed with its reason, and goes once more when asked', async () => {
  const staff = await makeStaff()
  const toPhone = '+79100000001'
  const owed = (kind: 'notice' | 'phone-code', lastError: string) =>
    db().transaction(async (tx) => {
      const id = await oweText(tx, { kind, toPhone, body: 'x' })
      await tx.update(textMessages).set({ lastError }).where(eq(textMessages.id, id))
      return id
    })
  const [final, code, lost] = [
    await owed('notice', 'refused:207'),
    await owed('phone-code', 'refused:207'),
    await owed('notice', 'unknown:TimeoutError'),
  ]
  const listed = (await undelivered(staff, new Date())).filter(({ to }) => to === toPhone)
  expect(new Map(listed.map(({ id, error, again }) => [id, [error, again]]))).toEqual(
    new Map([
      [final, ['refused:207', true]],
      [code, ['refused:207', false]],
      [lost, ['unknown:TimeoutError', true]],
    ]),
  )
  expect((await sendAgain(staff, { kind: 'text', id: final }, new Date())).status).toBe('ok')
  expect(await sendAgain(staff, { kind: 'text', id: code }, new Date())).toMatchObject({ code: 'gone' })
  expect(await sendAgain(staff, { kind: 'letter', id: randomUUID() }, new Date())).toMatchObject({
    code: 'gone',
  })
  const [again] = await db().select().from(textMessages).where(eq(textMessages.id, final))
  expect(again).toMatchObject({ lastError: null })
})
