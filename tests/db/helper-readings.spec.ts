import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, auditLog, letters, papers, readings } from '@/db/schema'
import { blockUser } from '@/lib/access/commands'
import { accountsOf, chosenAccount } from '@/lib/accounts/queries'
import { openEnquiry } from '@/lib/enquiries/commands'
import { ownEnquiries, ownLine } from '@/lib/enquiries/queries'
import { inviteHelper } from '@/lib/helper-access/commands'
import { revokeHelper } from '@/lib/helper-access/ending'
import { helpersOf } from '@/lib/helper-access/queries'
import { balance } from '@/lib/ledger/balance'
import { bill } from '@/lib/ledger/bill'
import { paymentsIn, yearsIn } from '@/lib/ledger/history'
import { chargesCsv } from '@/lib/ledger/own-export'
import { choosePaperless } from '@/lib/ledger/paperless'
import { ownScope, periods, statement } from '@/lib/ledger/queries'
import { paperFor } from '@/lib/papers/queries'
import { submitReadings } from '@/lib/readings/commands'
import { helpedReadings, sendAsHelper } from '@/lib/readings/helpers'
import { readingsState } from '@/lib/readings/queries'
import type { Subscriber } from '@/lib/session/require'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeCharge, makeMeter, makePayment, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { type Home, helped, inviteForm, later, makeHome, NOW } from '../support/helping'
import { makeStaff, makeSubscriber } from '../support/people'

const MONTH = period('2026-10')
const HISTORY = { '2026-08': ['300.1'], '2026-09': ['307.7'], '2026-10': ['315.204'] }

async function makeHelpedHome() {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const meter = await makeMeter(home.account.id, {}, HISTORY)
  const row = await helped(home, helper)
  const send = (value: string, by: Subscriber = helper, now = NOW) =>
    sendAsHelper(by, home.account.id, { account: '', [`m${meter.id}r1`]: value }, now)
  return { ...home, helper, meter, row, send }
}

async function wholeCsv(who: Subscriber, accountId: number): Promise<string> {
  let text = ''
  for await (const piece of chargesCsv(ownScope(who, accountId))) text += piece
  return text
}

const stored = ({ account }: Home) =>
  db()
    .select({ value: readings.value, channel: readings.channel, actorId: readings.actorId })
    .from(readings)
    .where(and(eq(readings.accountId, account.id), eq(readings.period, period('2026-11'))))
    .orderBy(readings.version)

test('a helper’s readings keep who sent them and how; the holder sees when and of which meter', async () => {
  const home = await makeHelpedHome()
  const sent = await home.send('321,6')
  expect(sent).toMatchObject({ status: 'ok', value: { period: '2026-11', counters: 1 } })
  expect(await stored(home)).toEqual([
    { value: quantity('321.6'), channel: 'helper', actorId: home.helper.userId },
  ])
  const [row] = await db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, 'readings.submitted'), eq(auditLog.subjectId, String(home.account.id))))
  expect(row).toMatchObject({ actorLogin: home.helper.login })
  await home.send('322', home.helper, later(1))
  expect(await helpersOf(home.holder, later(1))).toMatchObject([
    {
      state: 'active',
      sendings: [
        { at: later(1), meters: ['Холодная вода, кухня'] },
        { at: NOW, meters: ['Холодная вода, кухня'] },
      ],
    },
  ])
  const paperId = sent.status === 'ok' ? sent.value.paperId : ''
  for (const reader of [home.helper, home.holder])
    expect(await paperFor(reader, paperId)).toMatchObject({ body: { channel: 'helper' } })
})

test('the page holds meters and last values; of the history only what an odd value is told by', async () => {
  const home = await makeHelpedHome()
  const { meters } = await helpedReadings(home.helper, home.account.id, NOW)
  expect(meters).toMatchObject([
    { id: home.meter.id, registers: [{ previous: { value: quantity('315.204') } }] },
  ])
  const given = JSON.stringify(meters, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  for (const earlier of ['300.1', '307.7', '7.504']) expect(given).not.toContain(`"${quantity(earlier)}"`)
  expect(meters[0]).toMatchObject({ average: undefined, registers: [{ uses: [], next: undefined }] })
  expect(await home.send('415,204')).toMatchObject({
    errors: { [`m${home.meter.id}r1doubt`]: expect.stringContaining('больше обычного') },
  })
})

const endings: Record<string, (home: Awaited<ReturnType<typeof makeHelpedHome>>) => Promise<unknown>> = {
  'the holder revokes it': ({ holder, row }) => revokeHelper(holder, row.id, NOW),
  'the holder is blocked': async ({ holder }) =>
    blockUser(await makeStaff(), { userId: holder.userId, reason: 'чужой вход' }, NOW),
  'the holder’s own access ends': ({ holder }) =>
    db().update(accountAccess).set({ endedAt: NOW }).where(eq(accountAccess.userId, holder.userId)),
}
for (const [name, end] of Object.entries(endings)) {
  test(`nothing is seen or sent once ${name}`, async () => {
    const home = await makeHelpedHome()
    await end(home)
    expect(await home.send('321,6', home.helper, later(1))).toMatchObject({ code: 'absent' })
    expect((await helpedReadings(home.helper, home.account.id, later(1))).meters).toEqual([])
    expect(await stored(home)).toEqual([])
  })
}

test('the last day is Moscow’s: a value at its last second is taken, one a second later is not', async () => {
  const home = await makeHelpedHome()
  const lastSecond = new Date('2027-02-22T23:59:59+03:00')
  expect(await home.send('330', home.helper, lastSecond)).toMatchObject({ status: 'ok' })
  const after = new Date('2027-02-23T00:00:00+03:00')
  expect(await home.send('331', home.helper, after)).toMatchObject({ code: 'absent' })
  expect((await helpedReadings(home.helper, home.account.id, after)).meters).toEqual([])
})

test('a stranger, a helper of another home and one whose invitation waits send nothing', async () => {
  const home = await makeHelpedHome()
  const other = await makeHelpedHome()
  for (const person of [await makeSubscriber(), other.helper, other.holder]) {
    expect(await home.send('321,6', person)).toMatchObject({ code: 'absent' })
    expect((await helpedReadings(person, home.account.id, NOW)).meters).toEqual([])
  }
  const foreign = { account: '', [`m${other.meter.id}r1`]: '321,6' }
  expect(await sendAsHelper(home.helper, home.account.id, foreign, NOW)).toMatchObject({ code: 'absent' })
})

test('the same values are one record whoever sends them first, and a holder’s slip stays the holder’s', async () => {
  const home = await makeHelpedHome()
  const input = { account: '', [`m${home.meter.id}r1`]: '321,6' }
  await submitReadings(home.holder, input, NOW)
  const again = await home.send('321,6', home.helper, later(1))
  expect(await stored(home)).toHaveLength(1)
  const paperId = again.status === 'ok' ? again.value.paperId : ''
  expect(await db().select().from(papers).where(eq(papers.id, paperId))).toHaveLength(1)
  expect(await paperFor(home.helper, paperId)).toBeUndefined()
})

test('a helper sees nothing else of the account, and can do nothing else with it', async () => {
  const home = await makeHelpedHome()
  const { helper, account } = home
  const water = await makeService(`Вода ${randomUUID()}`)
  await makeCharge(account.id, MONTH, water, { charged: 48_123n })
  await makePayment(account.id, { amount: 10_000n, paidAt: '2026-11-20T12:00:00+03:00' })
  const asked = {
    accountNumber: account.accountNumber,
    subject: 'Долг',
    text: 'Сколько?',
    files: [],
    sendingKey: randomUUID(),
  }
  await openEnquiry(home.holder, { ...asked, period: undefined, service: undefined }, NOW)
  const questions: Record<string, (who: Subscriber) => Promise<unknown>> = {
    accounts: accountsOf,
    chosen: (who) => chosenAccount(who, account.accountNumber),
    balance: (who) => balance(who, account.id, NOW),
    months: (who) => periods(who, account.id),
    month: (who) => statement(who, account.id, MONTH),
    bill: (who) => bill(who, account.id, MONTH, NOW),
    years: (who) => yearsIn(ownScope(who, account.id)),
    payments: (who) => paymentsIn(ownScope(who, account.id), 2026),
    export: (who) => wholeCsv(who, account.id),
    readings: async (who) => (await readingsState(who, account.id, NOW)).meters,
    line: (who) => ownLine(who, { accountId: account.id, period: MONTH, serviceId: water }),
    enquiries: ownEnquiries,
    sending: (who) => submitReadings(who, { account: '', [`m${home.meter.id}r1`]: '321,6' }, NOW),
    enquiry: (who) => openEnquiry(who, { ...asked, period: undefined, service: undefined }, NOW),
    paperless: (who) => choosePaperless(who, { account: account.accountNumber, paperless: true }),
    invitation: (who) => inviteHelper(who, inviteForm(home), NOW),
    helpers: (who) => helpersOf(who, NOW),
  }
  const stranger = await makeSubscriber()
  for (const [name, ask] of Object.entries(questions)) {
    const answer = await ask(helper)
    expect(answer, name).toEqual(await ask(stranger))
    expect(await ask(home.holder), `${name}: the holder is answered`).not.toEqual(answer)
  }
})

test('letters about the help name nobody’s debt and no flat', async () => {
  const home = await makeHelpedHome()
  const [letter] = await db().select().from(letters).where(eq(letters.toEmail, home.row.email))
  expect(JSON.stringify(letter?.payload)).not.toMatch(/кв\.|Королёва|Петровна/)
})
