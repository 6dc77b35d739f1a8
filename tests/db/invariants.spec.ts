import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { pool } from '@/db/client'
import { loadDemo } from '@/db/demo/load'
import { sealAudit } from '@/lib/audit/seal'
import { openEnquiry } from '@/lib/enquiries/commands'
import { closeEnquiry, noteOnEnquiry } from '@/lib/enquiries/staff-commands'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { expect, testAlone } from '../support/database'
import { answerEnquiry, sendFeedback } from '../support/enquiries'
import { makeStaff, makeSubscriber } from '../support/people'

/** the demo wants an empty one. */
const test = testAlone('invariants')

test.describe.configure({ mode: 'serial', timeout: 180_000 })

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-invariants-'))
const invariants = readInvariants()

test.beforeAll(async () => {
  // Above the tests' own limit: the whole demo is loaded.
  test.setTimeout(180_000)
  const options = { dataDir, publicUrl: 'http://localhost:3999', databaseUrl: 'postgres://somewhere/else' }
  if (!(await loadDemo(options))) throw new Error('not a demo')
  await makeAnsweredEnquiry()
  if ((await sealAudit()) === 0) throw new Error('nothing sealed')
})

test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('everything holds on the loaded demo', async () => {
  expect(invariants.length).toBeGreaterThan(14)
  for (const invariant of invariants)
    expect({ ...invariant, ...(await breachesOf(await connected(), invariant)) }).toMatchObject({ count: 0 })
})

const someAccount = '(select min(account_id) from stated_charges)'
const lastPeriod = '(select max(period) from charges)'
const someUser = `(select id from users where login = 'korolyova')`
const staff = `(select id from users where login = 'operator')`
const request = `
  insert into access_requests (number, submission_key, account_number, last_name, first_name, registration_address,
    postal_address, email, phone, due_on, due_at, submitted_at, decision, decided_at, decided_by, refusal_reason)
  values ('2026-9999', gen_random_uuid(), '0104523', 'А', 'Б', 'В', 'Г', 'x@example.ru', '+79101234567', '2026-01-15',
    '2026-01-15', '2026-01-12', 'refused', '2026-01-13', ${staff}, 'other')`

const onlinePayment = `
  insert into online_payments (submission_key, amount, method, provider, next_ask_at, email)
  values ('x', 100, 'card', 'demo', now(), 'x@example.ru')`

/** Number of the invariant → what breaks it, after whatever guards it is taken away. */
const breaches: Record<string, string[]> = {
  1: [
    `insert into payments (account_id, source, amount, paid_at, document)
      values (${someAccount}, 'register', 100, now() + interval '1 year', 'unentered')`,
  ],
  '1a': [`insert into ledger_entries (account_id, kind, amount) values (${someAccount}, 'carried', 0)`],
  '1b': [
    `insert into payments (account_id, source, amount, paid_at, document)
      values (${someAccount}, 'cabinet', 100, now(), '42/1')`,
  ],
  '1c': [onlinePayment],
  4: [
    `insert into payment_notifications (provider, body_hash, body, received_at)
      values ('demo', 'x', '{}', now() - interval '1 hour')`,
  ],
  '4a': [onlinePayment],
  2: [
    `insert into charges (account_id, period, service_id, version, opening, charged, recalculated, benefit, penalty, paid, closing)
      select account_id, period, service_id, version + 1, opening + 1, charged, recalculated, benefit, penalty, paid, closing
      from stated_charges where account_id = ${someAccount} limit 1`,
  ],
  '2a': [
    `insert into ledger_entries (account_id, kind, amount, period) values (${someAccount}, 'carried', 1, ${lastPeriod})`,
  ],
  5: [request],
  '5c': ["delete from letters where kind = 'feedback-answered'"],
  '5a': [
    `insert into letters (kind, to_email, payload, created_at)
      values ('bill-ready', 'x@example.ru', '{}', now() - interval '1 hour')`,
  ],
  '5d': [
    `insert into text_messages (kind, to_phone, body, created_at) values ('notice', '+79101234567', 'x', now() - interval '1 hour')`,
  ],
  '5b': [
    onlinePayment,
    `insert into letters (kind, to_email, payload) select 'payment-received', email, jsonb_build_object('number', number::text)
      from online_payments`,
  ],
  6: [
    `update imports set state = 'undone' where kind = 'charges' and number = (select max(number) from imports where kind = 'charges')`,
  ],
  '6a': [
    `insert into charges (account_id, period, service_id, import_id, opening, charged, recalculated, benefit, penalty, paid, closing)
      select account_id, period, 999999, import_id, 0, 0, 0, 0, 0, 0, 0 from charges where period = ${lastPeriod} limit 1`,
  ],
  7: [
    'drop index account_access_one_active',
    'insert into account_access (user_id, account_id) select user_id, account_id from account_access limit 1',
  ],
  8: [
    `insert into blocks (user_id, blocked_by, block_reason) values (${someUser}, ${staff}, 'проверка')`,
    `insert into credential_links (user_id, purpose, token_hash, expires_at)
      values (${someUser}, 'recovery', '\\x00', now() + interval '1 hour')`,
  ],
  // Whoever may alter the table can take its guard away; the chain tells all the same.
  9: [
    'alter table audit_log disable trigger audit_log_append_only',
    `update audit_log set after = after || '{"rows": 1}' where id = (
      select max(id) from audit_log where action = 'import.loaded')`,
  ],
  10: [
    request,
    `insert into passports (request_id, wrapped_key, number, issued_by, issued_on, last_digits, blind_index)
      select id, '\\x00', '\\x00', '\\x00', '\\x00', '123', '\\x00' from access_requests where number = '2026-9999'`,
  ],
  '10a': [
    request,
    `update access_requests set decision = 'refused', decided_by = ${staff}, refusal_reason = 'name', user_id = null,
      decided_at = now() - interval '11 years' where number = '2026-9999'`,
  ],
  '10b': [`insert into erasure_acts (user_id, ground, destroyed) values (${someUser}, 'withdrawal', '{}')`],
  11: [
    `insert into charges (account_id, period, service_id, opening, charged, recalculated, benefit, penalty, paid, closing)
      values (-1, ${lastPeriod}, 1, 0, 0, 0, 0, 0, 0, 0)`,
  ],
  12: [
    `insert into charges (account_id, period, service_id, version, opening, charged, recalculated, benefit, penalty, paid, closing)
      values (${someAccount}, ${lastPeriod}, 999999, 2, 0, 0, 0, 0, 0, 0, 0)`,
  ],
  13: ['update readings set superseded_at = now() where period = (select max(period) from readings)'],
  14: [
    `insert into exports (kind, period, format, rows, created_by) values ('readings', ${lastPeriod}, 'csv', 1, ${staff})`,
    `insert into handed_periods (period, export_id, handed_at, handed_by)
      select period, id, now() - interval '1 hour', created_by from exports`,
    `insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel)
      select account_id, id, ${lastPeriod}, 3, 1, 1, current_date, 'staff' from meters limit 1`,
    // A correction that was refused, or another's, excuses nothing.
    `insert into reading_corrections (account_id, meter_id, period, values, asked_by, settled_at, settled_by, outcome)
      select r.account_id, m.id, r.period, '{1}', ${staff}, r.received_at, ${staff},
        case when m.id = r.meter_id then 'refused' else 'accepted' end
      from readings r join meters m on m.account_id = r.account_id where r.register = 3 and r.channel = 'staff'`,
  ],
  15: ["update enquiries set state = 'open' where state = 'answered'"],
  16: [`insert into letters (kind, to_email, payload) values ('notice', 'x@example.ru', '{"number": "1"}')`],
  '16a': [
    `insert into notices (kind, title, body, audience, shown_until, published_at, published_by, sending_key)
      values ('news', 'x', 'x', 'all', now(), now() - interval '1 hour', ${staff}, gen_random_uuid())`,
  ],
  '15a': ["update enquiries set close_reason = 'obscene' where state = 'closed'"],
}

test('every invariant has its breach here', () => {
  expect(Object.keys(breaches).toSorted()).toEqual(invariants.map(({ number }) => number).toSorted())
})

for (const invariant of invariants) {
  test(`a breach of ${invariant.number} is found: ${invariant.words}`, async () => {
    const client = await connected()
    await client.query('begin')
    try {
      for (const statement of breaches[invariant.number] ?? []) await client.query(statement)
      expect((await breachesOf(client, invariant)).count).toBeGreaterThan(0)
    } finally {
      await client.query('rollback')
    }
  })
}

let client: pg.PoolClient | undefined

async function connected(): Promise<pg.PoolClient> {
  client ??= await pool().connect()
  return client
}

test.afterAll(() => client?.release())

async function makeAnsweredEnquiry(): Promise<void> {
  const { rows } = await pool().query(`
    select account_id, account_number, period, service_id from stated_charges join accounts a on a.id = account_id
    where period = ${lastPeriod} limit 1`)
  const [line] = rows
  const subscriber = await makeSubscriber([Number(line.account_id)])
  const asked = {
    accountNumber: line.account_number,
    subject: randomUUID(),
    text: 'Почему?',
    files: [],
    sendingKey: randomUUID(),
  }
  const opened = await openEnquiry(
    subscriber,
    { ...asked, period: line.period, service: line.service_id },
    new Date(),
  )
  if (opened.status !== 'ok') throw new Error('not opened')
  const office = await makeStaff()
  const { number } = opened.value
  await answerEnquiry(office, { number, text: 'Потому.' }, new Date())
  await noteOnEnquiry(office, { number, remark: 'Звонила, довольна.' }, new Date())
  for (const contact of [{ email: 'anna@example.ru' }, { phone: '+79101234567' }]) {
    const asked = await sendFeedback(contact)
    await answerEnquiry(office, { number: asked, text: 'Починим.' }, new Date())
  }
  await closeEnquiry(office, { number: await sendFeedback(), reason: 'advertising', note: '' }, new Date())
  await closeEnquiry(office, { number, reason: 'settled', note: '' }, new Date())
}
