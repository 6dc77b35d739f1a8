import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, isNull } from 'drizzle-orm'
import iconv from 'iconv-lite'
import { readSheet } from 'read-excel-file/node'
import { db } from '@/db/client'
import { auditLog, handedPeriods, paperlessChoices, payments, readings } from '@/db/schema'
import { detectFile } from '@/lib/exchange/detect'
import { handOverPayments, handOverReadings, makeExport, reopenPeriod } from '@/lib/exchange/export-commands'
import { exportFile, exportsPage } from '@/lib/exchange/export-queries'
import { choiceOf, type ExportFormat, type ExportKind } from '@/lib/exchange/export-schema'
import { bufferSource } from '@/lib/exchange/files/source'
import { submitReadings } from '@/lib/readings/commands'
import { readingsState } from '@/lib/readings/queries'
import type { Staff } from '@/lib/session/require'
import { kopecks } from '@/lib/units/money'
import { addMonths, type Period, period } from '@/lib/units/period'
import { quantity, toDecimal } from '@/lib/units/quantity'
import { makeCharge, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber, makeUser } from '../support/people'

/** Every test has a month of its own: what billing has taken of one is no other's business. */
let months = 0
function someMonth(): { month: Period; during: Date; after: Date } {
  const month = addMonths(period('2031-01'), ++months * 3)
  const next = addMonths(month, 1)
  return {
    month,
    during: new Date(`${month}-20T12:00:00+03:00`),
    after: new Date(`${next}-02T12:00:00+03:00`),
  }
}

async function makeHome(
  values: Parameters<typeof makeAccount>[0] = {},
  history: Record<string, string[]> = {},
) {
  const account = await makeAccount(values)
  const meter = await makeMeter(account.id, {}, history)
  return { account, meter, field: `m${meter.id}r1`, subscriber: await makeSubscriber([account.id]) }
}
type Home = Awaited<ReturnType<typeof makeHome>>

const send = ({ account, field, subscriber }: Home, value: string, now: Date) =>
  submitReadings(subscriber, { account: account.accountNumber, [field]: value }, now)

async function bytesOf(staff: Staff, id: string, now: Date): Promise<Buffer> {
  const file = await exportFile(staff, id, now)
  if (!file) throw new Error('no file')
  const parts: Uint8Array[] = []
  for await (const part of file.bytes) parts.push(part)
  return Buffer.concat(parts)
}

async function download(
  staff: Staff,
  kind: ExportKind,
  of: { month?: Period; format?: ExportFormat; columns?: string[]; now: Date },
): Promise<Buffer> {
  const choice = choiceOf(kind).parse({ format: of.format ?? 'csv-utf8', columns: of.columns ?? [] })
  const made = await makeExport(staff, { kind, period: of.month, choice }, of.now)
  if (made.status !== 'ok') throw new Error(made.status)
  return bytesOf(staff, made.value.id, of.now)
}

const linesOf = (bytes: Buffer) => bytes.toString('utf8').replace('\uFEFF', '').split('\r\n').slice(0, -1)

async function makePayment(
  accountId: number,
  document: string,
  values: Partial<typeof payments.$inferInsert> = {},
) {
  await db()
    .insert(payments)
    .values({
      accountId,
      source: 'cabinet',
      amount: kopecks(123_456n),
      paidAt: new Date('2026-11-05T23:30:00+03:00'),
      document,
      ...values,
    })
}

test.describe('lists', () => {
  test('readings of a month: one row per meter, the values in force, formulas disarmed', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const home = await makeHome({ holderName: '=HYPERLINK("http://x";"y")', address: '@дом; 7' })
    await send(home, '10', during)
    await send(home, '12,5', during)
    const power = await makeMeter(home.account.id, { kind: 'electricity', registers: 2, serial: '-77' }, {})
    const both = { [`m${power.id}r1`]: '100', [`m${power.id}r2`]: '50,25' }
    await submitReadings(home.subscriber, { account: '', ...both }, during)
    const [heads, ...rows] = linesOf(await download(staff, 'readings', { month, now: during }))
    const { accountNumber } = home.account
    const day = `20.${month.slice(5)}.${month.slice(0, 4)}`
    expect(heads).toBe(
      'ЛС;ФИО;Адрес;Вид;Номер счётчика;Дата показания;Показание T1;Показание T2;Показание T3',
    )
    const holder = `${accountNumber};"'=HYPERLINK(""http://x"";""y"")";"'@дом; 7"`
    expect(rows).toEqual([
      `${holder};Электроэнергия;'-77;${day};100;50,25;`,
      `${holder};Холодная вода;${home.meter.serial};${day};12,5;;`,
    ])
  })

  test('the same rows in cp1251, UTF-8 and as a workbook, with the columns chosen, kept for the next time', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const home = await makeHome({ holderName: 'Ёлкина Анна', phone: '+79101234567' })
    await send(home, '7', during)
    const of = { month, now: during, columns: ['t1', 'holderName', 'period', 'no such'] }
    const expected = `ФИО;Период;Показание T1\r\nЁлкина Анна;${month.slice(5)}.${month.slice(0, 4)};7\r\n`
    const cp1251 = await download(staff, 'readings', { ...of, format: 'csv-1251' })
    expect(iconv.decode(cp1251, 'windows-1251')).toBe(expected)
    const utf8 = await download(staff, 'readings', { ...of, format: 'csv-utf8' })
    expect(utf8.toString('utf8')).toBe(`\uFEFF${expected}`)
    const sheet = await readSheet(await download(staff, 'readings', { ...of, format: 'xlsx' }))
    expect(sheet).toEqual([
      ['ФИО', 'Период', 'Показание T1'],
      ['Ёлкина Анна', `${month.slice(5)}.${month.slice(0, 4)}`, 7],
    ])
    const { choices } = await exportsPage(staff, month, during)
    expect(choices.readings).toEqual({ format: 'xlsx', columns: ['holderName', 'period', 't1'] })
  })

  test('a long list comes whole, batch by batch, and a reader that gives up leaves no connection behind', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const { account } = await makeHome()
    const meter = await makeMeter(account.id)
    await db().execute(`
      insert into accounts (account_number, holder_name, address)
        select 'x' || g, 'Иванов', 'дом 1' from generate_series(1, 4500) g`)
    await db().execute(`
      insert into meters (account_id, serial, kind, digits_before, digits_after, installed_on)
        select id, 's', 'gas', 5, 0, '2020-01-01' from accounts where account_number like 'x%'`)
    await db().execute(`
      insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel)
        select m.account_id, m.id, '${month}', 1, 1, 5, '${month}-20', 'import'
        from meters m join accounts a on a.id = m.account_id where a.account_number like 'x%' or m.id = ${meter.id}`)
    const lines = linesOf(await download(staff, 'readings', { month, now: during }))
    expect(lines).toHaveLength(4_502)
    expect(new Set(lines).size).toBe(4_502)
    for (let time = 0; time < 20; time += 1) {
      const choice = choiceOf('readings').parse({})
      const made = await makeExport(staff, { kind: 'readings', period: month, choice }, during)
      const file = made.status === 'ok' ? await exportFile(staff, made.value.id, during) : undefined
      for await (const part of file?.bytes ?? []) if (part.length > 1_000) break
    }
    expect(linesOf(await download(staff, 'readings', { month, now: during }))).toHaveLength(4_502)
    await db().execute(`delete from readings where period = '${month}'`)
    await db().execute(`delete from meters where serial = 's'`)
    await db().execute(`delete from accounts where account_number like 'x%'`)
  })

  test('accounts without readings stand house by house, with what is missing', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const town = `${month} город`
    const at = (address: string, more = {}) => makeHome({ address: `${town}, ${address}`, ...more })
    const late = await at('дом 2, кв. 3', { phone: '+79101234567' })
    await makeMeter(late.account.id, { kind: 'hot_water', place: 'ванная', verifiedUntil: null })
    await send(late, '5', during)
    const silent = await at('дом 1Б, квартира 15а')
    await at('дом 1Б, кв. 2', { closedOn: '2020-01-01' })
    const expired = await makeAccount({ address: `${town}, дом 3, кв. 1` })
    await makeMeter(expired.id, { verifiedUntil: '2020-01-01' as never })
    const sent = await at('дом 4, ком.1')
    await send(sent, '5', during)
    const lines = linesOf(await download(staff, 'missing-readings', { month, now: during }))
    expect(lines[0]).toBe('Дом;ЛС;ФИО;Адрес;Телефон;Счётчиков;Без показаний')
    expect(lines.filter((line) => line.includes(town))).toEqual([
      `${town}, дом 1Б;${silent.account.accountNumber};Королёва-Щукина Анна Петровна;${town}, дом 1Б, квартира 15а;;1;1`,
      `${town}, дом 2;${late.account.accountNumber};Королёва-Щукина Анна Петровна;${town}, дом 2, кв. 3;89101234567;2;1`,
    ])
  })

  test('who chose the bill by e-mail stands in a list once', async () => {
    const staff = await makeStaff()
    const account = await makeAccount()
    const since = ['2026-11-05T23:30:00+03:00', '2026-11-01T00:30:00+03:00'].map((text) => new Date(text))
    for (const one of since)
      await db()
        .insert(paperlessChoices)
        .values({ accountId: account.id, userId: (await makeUser()).id, since: one })
    const lines = linesOf(await download(staff, 'paperless', { now: new Date() }))
    expect(lines.filter((line) => line.startsWith(account.accountNumber))).toEqual([
      `${account.accountNumber};${account.holderName};${account.address};01.11.2026`,
    ])
  })

  test('every download is in the journal', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    await download(staff, 'readings', { month, now: during, format: 'xlsx' })
    const rows = await db().select().from(auditLog).where(eq(auditLog.actorId, staff.userId))
    expect(rows).toMatchObject([
      { action: 'export.made', subjectKind: 'export', after: { period: month, format: 'xlsx', rows: 0 } },
    ])
  })
})

test.describe('readings handed over', () => {
  // Earlier tests have left another format behind.
  test.beforeEach(async () => {
    await download(await makeStaff(), 'readings', { month: period('2030-01'), now: new Date() })
  })

  test('the month is locked, again gives the same, and its page says who and when', async () => {
    const staff = await makeStaff()
    const { month, during, after } = someMonth()
    const home = await makeHome()
    await send(home, '10', during)
    const first = await handOverReadings(staff, month, during)
    if (first.status !== 'ok') throw new Error('not handed over')
    const before = await bytesOf(staff, first.value.id, during)
    expect(await handOverReadings(await makeStaff(), month, after)).toEqual(first)
    expect(await send(home, '11', during)).toMatchObject({ status: 'invalid' })
    expect(await bytesOf(staff, first.value.id, after)).toEqual(before)
    const page = await exportsPage(staff, month, after)
    expect(page.handed).toMatchObject({ id: first.value.id, by: staff.login, rows: 1, period: month })
    expect(page.history).toContainEqual(page.handed)
    const entries = await db().select().from(auditLog).where(eq(auditLog.subjectId, month))
    expect(entries).toMatchObject([{ action: 'period.handed', actorId: staff.userId, after: { rows: 1 } }])
  })

  test('a correction is refused with words, the same value is answered as before', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const home = await makeHome()
    const first = await send(home, '10', during)
    await handOverReadings(staff, month, during)
    const refusal = await send(home, '11', during)
    expect(refusal.status === 'invalid' && refusal.errors[home.field]).toMatch(
      /^Биллинг уже забрал показания за .+ Чтобы исправить, напишите нам/,
    )
    expect(await send(home, '00010,0', during)).toEqual(first)
    const rows = await db().select().from(readings).where(eq(readings.accountId, home.account.id))
    expect(rows.map(({ value, version }) => [toDecimal(value), version])).toEqual([['10', 1]])
  })

  test('a new value goes to the next month and the page says so', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const home = await makeHome()
    const second = await makeMeter(home.account.id)
    await send(home, '10', during)
    await handOverReadings(staff, month, during)
    const input = { account: '', [home.field]: '10', [`m${second.id}r1`]: '7' }
    expect(await submitReadings(home.subscriber, input, during)).toMatchObject({
      status: 'ok',
      value: [{ period: addMonths(month, 1), counters: 1 }],
    })
    const state = await readingsState(home.subscriber, home.account.id, during)
    expect(state).toMatchObject({ taken: month, window: { period: addMonths(month, 1), open: false } })
    const taken = state.meters.map((meter) => [meter.id, meter.taken, meter.registers[0]?.sent?.value])
    expect(taken).toEqual([
      [home.meter.id, month, quantity('10')],
      [second.id, undefined, quantity('7')],
    ])
  })

  test('a month without readings, and one whose window has not opened, are not handed over', async () => {
    const staff = await makeStaff()
    const { month, during, after } = someMonth()
    expect(await handOverReadings(staff, month, after)).toMatchObject({ status: 'refused', code: 'nothing' })
    const home = await makeHome()
    await send(home, '10', during)
    const early = new Date(`${month}-14T23:59:00+03:00`)
    expect(await handOverReadings(staff, month, early)).toMatchObject({ code: 'too-early' })
    expect(await db().$count(handedPeriods, eq(handedPeriods.period, month))).toBe(0)
  })

  test('readings sent while the month is handed over are in the file or of the next month', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const homes = await Promise.all(Array.from({ length: 24 }, () => makeHome()))
    await Promise.all(homes.slice(0, 4).map((home) => send(home, '1', during)))
    const sending = homes.slice(4).map(async (home, place) => {
      await pause(place)
      return send(home, '5', during)
    })
    await pause(8)
    const handed = await handOverReadings(staff, month, during)
    const atHandOver =
      handed.status === 'ok' ? (await bytesOf(staff, handed.value.id, during)).toString('latin1') : ''
    const answers = await Promise.all(sending)
    expect(handed.status === 'ok' && (await bytesOf(staff, handed.value.id, during)).toString('latin1')).toBe(
      atHandOver,
    )
    for (const [place, home] of homes.slice(4).entries()) {
      const answer = answers[place]
      if (answer?.status !== 'ok') throw new Error('a reading was lost')
      const listed = atHandOver.includes(`${home.account.accountNumber};`)
      expect(answer.value[0]?.period).toBe(listed ? month : addMonths(month, 1))
    }
    const page = await exportsPage(staff, month, during)
    expect(page.handed?.rows).toBe(linesOf(Buffer.from(atHandOver, 'latin1')).length - 1)
  })

  test('two who press at once hand the month over once', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    await send(await makeHome(), '10', during)
    const results = await Promise.all(Array.from({ length: 6 }, () => handOverReadings(staff, month, during)))
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
  })

  test('a file being loaded is waited for, then named', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    await send(await makeHome(), '10', during)
    await db().transaction(async (tx) => {
      await tx.execute(`select pg_advisory_xact_lock(hashtext('kabinet load'))`)
      expect(await handOverReadings(staff, month, during)).toMatchObject({ status: 'refused', code: 'busy' })
    })
  })

  test('a month is opened again with a reason, until its charges are loaded', async () => {
    const staff = await makeStaff()
    const { month, during } = someMonth()
    const home = await makeHome()
    await send(home, '10', during)
    const reopen = () => reopenPeriod(staff, { period: month, reason: 'Ошибка в выгрузке' })
    expect(await reopen()).toMatchObject({ status: 'refused', code: 'not-handed' })
    await handOverReadings(staff, month, during)
    expect(await reopen()).toEqual({ status: 'ok', value: undefined })
    expect(await send(home, '11', during)).toMatchObject({ status: 'ok', value: [{ period: month }] })
    const again = await handOverReadings(staff, month, during)
    expect(again.status === 'ok' && (await bytesOf(staff, again.value.id, during)).includes(';11;')).toBe(
      true,
    )
    await makeCharge(home.account.id, month, await makeService('Холодное водоснабжение'), { charged: 100n })
    expect(await reopen()).toMatchObject({ status: 'refused', code: 'charged' })
    const acts = await db().select().from(auditLog).where(eq(auditLog.subjectId, month)).orderBy(auditLog.id)
    expect(acts.map((act) => act.action)).toEqual(['period.handed', 'period.reopened', 'period.handed'])
    expect(acts[1]?.after).toEqual({ period: month, reason: 'Ошибка в выгрузке' })
  })
})

test.describe('payments handed over', () => {
  // These are of the whole company, not of a month.
  test.describe.configure({ mode: 'serial' })
  test.beforeEach(async () => {
    await download(await makeStaff(), 'payments', { now: new Date() })
  })

  test('each payment taken here is handed over once, and its file can be had again', async () => {
    const staff = await makeStaff()
    const { id, accountNumber, holderName, address } = await makeAccount()
    await handOverPayments(staff)
    await makePayment(id, 'A-1', { period: period('2026-10') })
    await makePayment(id, 'A-2', { amount: kopecks(5n) })
    await makePayment(id, 'B-1', { source: 'register' })
    const { waiting } = await exportsPage(staff, undefined, new Date())
    expect(waiting).toEqual({ count: 2, sum: 123_461n })
    const listed = linesOf(await download(staff, 'payments', { now: new Date(), format: 'csv-utf8' }))
    expect(listed).toEqual([
      'ЛС;ФИО;Адрес;Период;Дата;Сумма;Номер платежа',
      `${accountNumber};${holderName};${address};10.2026;05.11.2026;1234,56;A-1`,
      `${accountNumber};${holderName};${address};11.2026;05.11.2026;0,05;A-2`,
    ])
    const first = await handOverPayments(staff)
    await makePayment(id, 'A-3', { amount: kopecks(700n) })
    const second = await handOverPayments(staff)
    if (first.status !== 'ok' || second.status !== 'ok') throw new Error('not handed over')
    expect(linesOf(await bytesOf(staff, first.value.id, new Date()))).toEqual(listed)
    expect(linesOf(await bytesOf(staff, second.value.id, new Date())).join()).toMatch(/;7,00;A-3$/)
    expect(await handOverPayments(staff)).toMatchObject({ status: 'refused', code: 'nothing' })
  })

  test('two who press at once hand every payment over once', async () => {
    const staff = await makeStaff()
    const { id } = await makeAccount()
    for (const document of ['C-1', 'C-2', 'C-3']) await makePayment(id, document)
    const results = await Promise.all(Array.from({ length: 6 }, () => handOverPayments(staff)))
    expect(results.filter((result) => result.status === 'ok')).toHaveLength(1)
    expect(await db().$count(payments, and(eq(payments.accountId, id), isNull(payments.exportId)))).toBe(0)
  })

  test('the layout of the bank register: cp1251, its five columns', async () => {
    const staff = await makeStaff()
    const { id, accountNumber, holderName, address } = await makeAccount()
    await handOverPayments(staff)
    await makePayment(id, 'D-1', { period: period('2026-10') })
    const bytes = await download(staff, 'payments', {
      now: new Date(),
      format: 'register',
      columns: ['document'],
    })
    expect(iconv.decode(bytes, 'windows-1251')).toBe(
      `ЛС;ФИО;Адрес;Период;Сумма\r\n${accountNumber};${holderName};${address};10.2026;1234,56\r\n`,
    )
    // And whoever reads such registers reads this one.
    const detected = await detectFile(bufferSource(bytes))
    expect(detected).toMatchObject({
      type: 'csv',
      encoding: 'windows-1251',
      profile: { name: 'Реестр банка' },
    })
  })
})
