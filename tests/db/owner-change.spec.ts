import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db, pool } from '@/db/client'
import {
  accountAccess,
  accounts,
  auditLog,
  disconnections,
  handedPeriods,
  helperAccess,
  letters,
  ownerChanges,
  papers,
} from '@/db/schema'
import { grantAccess } from '@/lib/access/commands'
import { accountsOf, chosenAccount } from '@/lib/accounts/queries'
import { openEnquiry } from '@/lib/enquiries/commands'
import { ownEnquiry, ownLine } from '@/lib/enquiries/queries'
import { handOverReadings } from '@/lib/exchange/export-commands'
import { inviteHelper } from '@/lib/helper-access/commands'
import { changeOwner } from '@/lib/holders/owner-change'
import { balance, balanceOf } from '@/lib/ledger/balance'
import { bill } from '@/lib/ledger/bill'
import { issueCharges } from '@/lib/ledger/charges-certificate'
import {
  chargesOfYear,
  linesBetween,
  paymentsIn,
  searchable,
  searchIn,
  yearIn,
  yearsIn,
} from '@/lib/ledger/history'
import { outlook, outlookForLetter } from '@/lib/ledger/outlook-query'
import { chargesCsv, chargesXlsx } from '@/lib/ledger/own-export'
import { choosePaperless, paperlessStates } from '@/lib/ledger/paperless'
import { linesOf, ownScope, periods, statement } from '@/lib/ledger/queries'
import { ledgerSearch } from '@/lib/ledger/schema'
import { certificateFor, paperFor } from '@/lib/papers/queries'
import { issueNoDebt } from '@/lib/payments/certificate'
import { debtsOn } from '@/lib/payments/debts'
import { payableOf, preview } from '@/lib/payments/payable'
import { submitReadings } from '@/lib/readings/commands'
import { askCorrection } from '@/lib/readings/corrections'
import {
  correctableMeters,
  correctionOf,
  correctionStart,
  ownCorrections,
} from '@/lib/readings/corrections-page'
import { differencesFrom } from '@/lib/readings/differences'
import { ownMeter } from '@/lib/readings/history'
import { houseMetersFor } from '@/lib/readings/house-pages'
import { issueMeters } from '@/lib/readings/meters-certificate'
import { nightMeter, nightsOf, noteEvening, noteMorning } from '@/lib/readings/night-checks'
import { readMeters } from '@/lib/readings/photo-page'
import { addPhoto, photoFor, photosOfMonth } from '@/lib/readings/photos'
import { readingsState } from '@/lib/readings/queries'
import { mailSlip } from '@/lib/readings/slip-letter'
import type { Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity, toDecimal } from '@/lib/units/quantity'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { projectTree } from '../guards/tree'
import { makePayment, settlePayments } from '../support/billing'
import { expect, testAlone } from '../support/database'
import { inviteForm } from '../support/helping'
import {
  AFTER,
  BEFORE,
  billNew,
  CHANGED_ON,
  CHARGE,
  change,
  type LivedHome,
  makeLivedHome,
  ownerForm,
  PAYMENT,
  RECORDED,
} from '../support/holders'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

/** Asks what must hold everywhere. */
const test = testAlone('owner-change')

const OCTOBER = period('2026-10')

/** The same person as `requireSubscriber` would give, by login. */
const loginOf = (who: Subscriber) => ({ login: who.login })

test('one act ends every access, writes the closing readings, the last statement, the letters and the new name', async () => {
  const home = await makeLivedHome()
  const second = await makeSubscriber([home.account.id])
  const helped = inviteForm({ account: home.account, holder: home.former })
  await inviteHelper(home.former, helped, BEFORE)
  const next = await makeSubscriber()
  expect(await change(home, loginOf(next))).toMatchObject({ status: 'ok' })

  expect(await accountsOf(home.former)).toEqual([])
  expect(await accountsOf(second)).toEqual([])
  expect(await accountsOf(next)).toMatchObject([{ id: home.account.id, seesFrom: CHANGED_ON }])
  const [row] = await db().select().from(accounts).where(eq(accounts.id, home.account.id))
  expect(row?.holderName).toBe('Новиков Павел Ильич')
  const ended = await db()
    .select({ kind: disconnections.kind, reason: accountAccess.endReason, by: accountAccess.endedBy })
    .from(disconnections)
    .innerJoin(accountAccess, eq(accountAccess.id, disconnections.accessId))
    .where(eq(accountAccess.accountId, home.account.id))
  const ground = { kind: 'owner-change', reason: 'owner-change', by: home.staff.userId }
  expect(ended).toEqual([ground, ground])
  const helpers = await db().select().from(helperAccess).where(eq(helperAccess.holderId, home.former.userId))
  expect(helpers).toMatchObject([{ endReason: 'access-ended' }])
  const [kept] = await db().select().from(ownerChanges).where(eq(ownerChanges.accountId, home.account.id))
  expect(kept).toMatchObject({ changedOn: CHANGED_ON, closingBalance: home.owed })
  expect((await lettersTo(home.former)).map((letter) => letter.kind)).toContain('account-disconnected')
  expect(await lettersTo(next)).toMatchObject([{ kind: 'account-received' }])
  const last = await finalOf(home, home.former)
  expect(await paperFor(next, last?.id ?? '')).toBeUndefined()
  expect(last?.body).toMatchObject({
    balance: String(home.owed),
    meters: [{ values: [{ dial: '81670,000' }], why: null }],
  })
  expect(await db().$count(auditLog, and(eq(auditLog.action, 'owner.changed'), subject(home)))).toBe(1)
})

async function lettersTo(who: Subscriber) {
  const email = (await paperlessStates(who)).email
  return db().select().from(letters).where(eq(letters.toEmail, email))
}

const subject = ({ account }: LivedHome) => eq(auditLog.subjectId, String(account.id))

async function finalOf(home: LivedHome, who: Subscriber) {
  const [row] = await db()
    .select({ id: papers.id })
    .from(papers)
    .where(
      and(
        eq(papers.accountId, home.account.id),
        eq(papers.kind, 'final-statement'),
        eq(papers.issuedTo, who.userId),
      ),
    )
  return row && (await paperFor(who, row.id))
}

test('the act is done once: a double click is the same answer, and of two at once one is told who was quicker', async () => {
  const home = await makeLivedHome()
  const [one, again] = await Promise.all([change(home), change(home)])
  expect(one).toEqual(again)
  expect(await db().$count(ownerChanges, eq(ownerChanges.accountId, home.account.id))).toBe(1)

  const other = await makeLivedHome()
  const results = await Promise.all([
    change(other),
    change(other, { newHolder: 'Другой Человек' }, await makeStaff()),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(['ok', 'refused'])
  expect(results).toContainEqual(expect.objectContaining({ code: 'changed' }))
})

test('a meter that was not read needs a reason, and a day must have come', async () => {
  const home = await makeLivedHome()
  const field = `m${home.meter.id}r1`
  const why = `why${home.meter.id}`
  expect(await change(home, { [field]: '' })).toMatchObject({ errors: { [why]: expect.anything() } })
  expect(await change(home, { day: '2026-11-17' })).toMatchObject({ errors: { day: expect.anything() } })
  expect(await change(home, { [field]: '12' })).toMatchObject({ status: 'invalid' })
  expect(await change(home, { login: 'nobody' })).toMatchObject({ errors: { login: expect.anything() } })
  expect(await accountsOf(home.former)).toHaveLength(1)
  expect(await change(home, { [field]: '', [why]: 'не пустили' })).toMatchObject({ status: 'ok' })
  expect((await finalOf(home, home.former))?.body).toMatchObject({
    meters: [{ values: [], why: 'не пустили' }],
  })
})

test('whoever is approved later sees the account from the day of its last change', async () => {
  const home = await makeLivedHome()
  await change(home)
  const request = {
    ...{ requestId: crypto.randomUUID(), number: '2026-9999', accountId: home.account.id },
    ...{ accountNumber: home.account.accountNumber, lastName: 'Новиков', firstName: 'Павел', patronymic: '' },
    ...{ email: `${crypto.randomUUID()}@example.ru`, phone: '+79101234567' },
  }
  const { userId } = await db().transaction((tx) => grantAccess(tx, home.staff, request, RECORDED))
  const [access] = await db().select().from(accountAccess).where(eq(accountAccess.userId, userId))
  expect(access?.seesFrom).toBe(CHANGED_ON)
})

test('the new holder owes what their own months came to; the rest of the account’s balance is the former one’s', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  await change(home, loginOf(next))
  expect(await balance(next, home.account.id, RECORDED)).toBeUndefined()
  await billNew(home)
  await settlePayments(home.account.id)
  const own = await balance(next, home.account.id, AFTER)
  expect(own).toMatchObject({
    amount: 10_000n,
    month: { period: '2026-12', accrued: 10_000n, closing: 10_000n },
  })
  const whole = await balanceOf(home.staff, home.account.id, AFTER)
  expect(whole?.amount).toBe(home.owed + PAYMENT + CHARGE + 10_000n)
  const [month] = await periods(next, home.account.id)
  expect(month).toMatchObject({ period: '2026-12', opening: 0n, closing: 10_000n })
  expect((await payableOf(next, AFTER))[0]).toMatchObject({
    owed: 10_000n,
    debts: [{ period: '2026-12', due: 10_000n }],
  })
  await makePayment(home.account.id, { amount: 4_000n, paidAt: '2027-01-05T12:00:00+03:00' })
  expect(await balance(next, home.account.id, AFTER)).toMatchObject({ amount: 6_000n })
  for (const number of ['1', '2', '2a']) await holds(number)
})

async function holds(number: string): Promise<void> {
  const invariant = readInvariants().find((one) => one.number === number)
  const client = await pool().connect()
  try {
    expect(invariant && (await breachesOf(client, invariant)), number).toEqual({ count: 0, first: [] })
  } finally {
    client.release()
  }
}

test('payments stay with whoever made them, whichever month billing takes them into', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  await change(home, { ...loginOf(next), day: '2026-11-01' })
  // The former holder's, which billing has in November, the new one's month; and the new one's own.
  await makePayment(home.account.id, { amount: 5_000n, paidAt: '2026-10-31T23:59:00+03:00' })
  expect(await balance(next, home.account.id, RECORDED)).toMatchObject({ amount: -PAYMENT })
})

/** Everything a resident can be shown or told of an account, by file and function. */
const questions: Record<string, (who: Subscriber, home: LivedHome) => unknown> = {
  'accounts/queries accountsOf': (who) => accountsOf(who),
  'accounts/queries chosenAccount': (who, { account }) => chosenAccount(who, account.accountNumber),
  'enquiries/commands openEnquiry': async (who, home) => {
    const line = { accountNumber: home.account.accountNumber, period: OCTOBER, service: home.service }
    const opened = await openEnquiry(
      who,
      { ...line, sendingKey: crypto.randomUUID(), files: [], subject: 'Вопрос', text: 'Мой вопрос' },
      AFTER,
    )
    return opened.status === 'ok' ? (await ownEnquiry(who, opened.value.number))?.line : opened
  },
  'enquiries/queries ownEnquiry': (who, { enquiry }) => ownEnquiry(who, enquiry).then((found) => found?.line),
  'enquiries/queries ownLine': (who, { account, service }) =>
    ownLine(who, { accountId: account.id, period: OCTOBER, serviceId: service }),
  'ledger/balance balance': (who, { account }) => balance(who, account.id, AFTER),
  'ledger/bill bill': async (who, { account }) =>
    Promise.all(MONTHS.map((month) => bill(who, account.id, month, AFTER))),
  'ledger/history yearsIn': (who, { account }) => yearsIn(ownScope(who, account.id)),
  'ledger/history yearIn': (who, { account }) => eachYear((year) => yearIn(ownScope(who, account.id), year)),
  'ledger/history searchIn': (who, { account }) =>
    searchIn(ownScope(who, account.id), ledgerSearch.parse({})),
  'ledger/history chargesOfYear': (who, { account }) =>
    eachYear((year) => chargesOfYear(ownScope(who, account.id), year)),
  'ledger/history searchable': (who, { account }) => searchable(ownScope(who, account.id)),
  'ledger/history paymentsIn': (who, { account }) =>
    eachYear((year) => paymentsIn(ownScope(who, account.id), year)),
  'ledger/outlook-query outlook': async (who, { account }) =>
    outlook(who, account.id, (await readingsState(who, account.id, AFTER)).meters, AFTER),
  'ledger/outlook-query outlookForLetter': (who, { account }) =>
    outlookForLetter(who.userId, account.id, AFTER),
  'ledger/own-export chargesCsv': async (who, { account }) => {
    let text = ''
    for await (const piece of chargesCsv(ownScope(who, account.id))) text += piece
    return text
  },
  'ledger/own-export chargesXlsx': (who, { account }) =>
    chargesXlsx(ownScope(who, account.id)).then((bytes) => bytes.length > 0),
  'ledger/queries periods': (who, { account }) => periods(who, account.id),
  'ledger/queries statement': (who, { account }) =>
    Promise.all(MONTHS.map((month) => statement(who, account.id, month))),
  'ledger/queries linesOf': (who, { account }) => linesOf(ownScope(who, account.id), MONTHS),
  'ledger/history linesBetween': (who, { account }) =>
    linesBetween(ownScope(who, account.id), period('2024-01'), period('2027-12')),
  'ledger/charges-certificate issueCharges': (who, { account }) => {
    const months = { from: period('2024-01'), to: period('2027-12') }
    return told(who, issueCharges(who, account.accountNumber, months, AFTER))
  },
  'readings/meters-certificate issueMeters': (who, { account }) =>
    told(who, issueMeters(who, account.accountNumber, AFTER)),
  'ledger/paperless choosePaperless': (who, { account }) =>
    choosePaperless(who, { account: account.accountNumber, paperless: false }),
  'papers/queries paperFor': (who, { paperId }) => paperFor(who, paperId),
  'payments/certificate issueNoDebt': (who, { account }) => issueNoDebt(who, account.accountNumber, AFTER),
  'payments/debts debtsOn': (who, { account }) => debtsOn(who, account.id, kopecks(500_000n)),
  'payments/payable payableOf': (who) => payableOf(who, AFTER),
  'payments/payable preview': (who, { account }) => {
    const part = { accountNumber: account.accountNumber, amount: kopecks(5_000n), period: null }
    return preview(who, { formKey: crypto.randomUUID(), method: 'card', email: null, parts: [part] }, AFTER)
  },
  'readings/commands submitReadings': (who, home) => submitReadings(who, typed(home, '12'), AFTER),
  'readings/corrections-page correctionStart': (who, { meter }) => correctionStart(who, meter.id),
  'readings/corrections-page correctableMeters': (who) => correctableMeters(who),
  'readings/corrections-page ownCorrections': (who) => ownCorrections(who),
  'readings/corrections-page correctionOf': (who, { meter }) => correctionOf(who, meter.id, OCTOBER),
  'readings/corrections askCorrection': (who, { meter }) =>
    askCorrection(
      who,
      { meter: meter.id, period: OCTOBER, value1: '81000', value2: '', value3: '', note: '' },
      AFTER,
    ),
  'readings/differences differencesFrom': (who, home) => differencesFrom(who, typed(home, '81000'), BEFORE),
  'readings/history ownMeter': (who, { meter }) => ownMeter(who, meter.id),
  'readings/house-pages houseMetersFor': (who, { account }) => houseMetersFor(who, [account.id]),
  'readings/night-checks nightMeter': (who, { meter }) =>
    nightMeter(who, meter.id).then((found) => found?.title),
  'readings/night-checks nightsOf': (who, { meter }) => nightsOf(who, meter, AFTER),
  'readings/night-checks noteEvening': (who, { meter }) =>
    noteEvening(who, { meter: meter.id, evening: 'x', eveningClock: '' }, AFTER),
  'readings/night-checks noteMorning': (who, { meter }) =>
    noteMorning(who, { meter: meter.id, morning: 'x', morningClock: '' }, AFTER),
  'readings/photo-page readMeters': (who) =>
    readMeters(who, { account: undefined, meter: undefined, period: '2026-10' }),
  'readings/photos addPhoto': (who, { meter }) =>
    addPhoto(who, { meter: meter.id, period: OCTOBER }, Buffer.from('x')),
  'readings/photos photosOfMonth': (who, { account }) => photosOfMonth(who, account.id, OCTOBER),
  'readings/photos photoFor': (who, { photoId }) => photoFor(who, photoId).then((bytes) => bytes && photoId),
  'readings/queries readingsState': async (who, { account }) =>
    (await readingsState(who, account.id, AFTER)).meters,
  'readings/slip-letter mailSlip': (who, { paperId }) => mailSlip(who, paperId),
}

/** What takes a person and tells nothing of an account's past: their own acts, papers and payments, or parts of the above. */
const personal = [
  'acceptance/commands acceptDocuments',
  'access/channels-choice channelsOf',
  'access/channels-choice chooseChannels',
  'access/contacts-phone askPhoneChange',
  'access/contacts-phone confirmPhone',
  'access/contacts askEmailChange',
  'access/contacts cancelContactChange',
  'access/devices signInsOf',
  'access/devices endSignIn',
  'access/devices endOtherSignIns',
  'access/password-change changePassword',
  'enquiries/queries ownFile',
  'notices/queries newNotices',
  'notices/queries allNotices',
  'notices/reading markRead',
  'papers/commands issueCertificate',
  'papers/queries certificateFor',
  'papers/queries certificatesGiven',
  'requests/further furtherState',
  'requests/further submitFurther',
  'access/messages messagesChoice',
  'access/messages chooseMessages',
  'accounts/queries ownedBy',
  'accounts/queries ownedSince',
  'accounts/queries seesFromIn',
  'enquiries/commands continueEnquiry',
  'enquiries/queries ownEnquiries',
  'helper-access/accept acceptInvitation',
  'helper-access/commands inviteHelper',
  'helper-access/ending revokeHelper',
  'helper-access/ending stopHelping',
  'helper-access/helping helpingOf',
  'helper-access/helping helpedAccount',
  'helper-access/queries helpersOf',
  'ledger/paperless paperlessStates',
  'ledger/scope ownScope',
  'ledger/scope statedFor',
  'payments/payable ownEmail',
  'payments/queries paymentForPayer',
  'payments/queries paymentsOf',
  'payments/queries paymentYears',
  'payments/refresh refreshPayment',
  'readings/helpers helpedBy',
  'readings/helpers helpedReadings',
  'readings/helpers sendAsHelper',
]

/** What a certificate says, or why there is none. */
async function told(who: Subscriber, issued: Promise<Result<{ id: string }>>): Promise<unknown> {
  const result = await issued
  if (result.status !== 'ok') return result
  const { from: _from, ...body } = Object(
    certificateBody.parse(await certificateFor(who, result.value.id)).body,
  )
  return body
}
const certificateBody = z.object({ body: z.record(z.string(), z.unknown()) })

const MONTHS = ['2026-09', '2026-10', '2026-11', '2026-12'].map(period)
const eachYear = (ask: (year: number) => Promise<unknown>) => Promise.all([2024, 2025, 2026, 2027].map(ask))
const typed = ({ account, meter }: LivedHome, value: string) => ({
  account: account.accountNumber,
  [`m${meter.id}r1`]: value,
})

/** Whatever stands in an answer, as text. */
const textOf = (answer: unknown) =>
  JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''

test('every question a resident may ask is asked below: a forgotten one is seen here', () => {
  const taking = /export (?:async )?function\*? (\w+)(?:<[^>]*>)?\(\s*_?\w+: (?:Subscriber|Scope)\b/g
  const found = [...projectTree()].flatMap(([file, text]) =>
    file.startsWith('lib/') && !/^lib\/(session|privacy)\//.test(file)
      ? [...text.matchAll(taking)].map(([, name]) => `${file.slice(4).replace(/\.ts$/, '')} ${name}`)
      : [],
  )
  const known = [...Object.keys(questions), ...personal, 'ledger/outlook-query outlookForLetter']
  expect(found.filter((one) => !known.includes(one))).toEqual([])
})

test('the former holder is a stranger to the account, and nothing of theirs is the new one’s to see', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  const stranger = await makeSubscriber()
  const seenBefore = new Map<string, string>()
  for (const [name, ask] of Object.entries(questions))
    seenBefore.set(name, textOf(await ask(home.former, home)))
  await change(home, loginOf(next))
  await billNew(home)
  await settlePayments(home.account.id)
  // By dial, by amount, by month, by id: of the closing reading alone, 81670, their own use is counted from.
  const figures = ['77777', '67777', '33333', '777,77', '816[0-6]\\d', '81[45]\\d\\d', String(home.owed)]
  const words = ['Почта прежнего', 'ошибка прежнего', home.photoId, home.paymentId, '-33333']
  const months = ['"202[45]-', '"2026-(0\\d|10)"', '2026-10;']
  // Not the end of an id: those are made of any digits.
  const canary = new RegExp([...figures.map((one) => `(?<![\\da-f-])${one}`), ...words, ...months].join('|'))
  const blind = new Set<string>()
  for (const [name, ask] of Object.entries(questions)) {
    if (!canary.test(seenBefore.get(name) ?? '')) blind.add(name)
    const answer = textOf(await ask(home.former, home))
    if (!OWN.has(name)) expect(answer, `${name}: the former`).toBe(textOf(await ask(stranger, home)))
    const seen = textOf(await ask(next, home)).match(canary)
    expect(seen, `${name}: the new one`).toBeNull()
  }
  expect([...blind].sort()).toEqual(TELLS_NOTHING)
})

/** Stays with who wrote or was given it. */
const OWN = new Set(['papers/queries paperFor', 'readings/slip-letter mailSlip'])
/** Says yes or no, or what is no past: nothing of the canaries stood in it before either. */
const TELLS_NOTHING = [
  'accounts/queries accountsOf',
  'accounts/queries chosenAccount',
  'ledger/history yearsIn',
  'ledger/outlook-query outlook',
  'ledger/outlook-query outlookForLetter',
  'ledger/own-export chargesXlsx',
  'ledger/paperless choosePaperless',
  'payments/certificate issueNoDebt',
  'readings/corrections askCorrection',
  'readings/corrections-page correctableMeters',
  'readings/corrections-page correctionStart',
  'readings/house-pages houseMetersFor',
  'readings/night-checks nightMeter',
  'readings/night-checks noteEvening',
  'readings/night-checks noteMorning',
  'readings/photos addPhoto',
  'readings/slip-letter mailSlip',
]

test('a new holder’s own readings go on from the closing ones, and tell only their own use', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  await change(home, loginOf(next))
  const january = new Date('2026-12-20T12:00:00+03:00')
  expect(await submitReadings(next, typed(home, '81669'), january)).toMatchObject({ status: 'invalid' })
  expect(await submitReadings(next, typed(home, '81675'), january)).toMatchObject({ status: 'ok' })
  const meter = await ownMeter(next, home.meter.id)
  expect(meter?.uses.map(({ used }) => toDecimal(used))).toEqual([toDecimal(quantity('5'))])
  expect(meter?.months.map((month) => month.values[0]?.dial)).toEqual(['81675,000', '81670,000'])
})

test('what billing took of the former holder’s readings is not the new one’s to correct', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  expect(await handOverReadings(home.staff, OCTOBER, BEFORE)).toMatchObject({ status: 'ok' })
  try {
    expect(await correctionStart(home.former, home.meter.id)).toMatchObject({ period: OCTOBER })
    expect(await correctableMeters(home.former)).toHaveLength(1)
    await change(home, loginOf(next))
    expect(await correctionStart(next, home.meter.id)).toBeUndefined()
    expect(await correctableMeters(next)).toEqual([])
  } finally {
    await db().delete(handedPeriods).where(eq(handedPeriods.period, OCTOBER))
  }
})

test('changing an account that is not there is refused', async () => {
  const home = await makeLivedHome()
  expect(await changeOwner(home.staff, { ...ownerForm(home), account: 'no' }, RECORDED)).toMatchObject({
    code: 'absent',
  })
  expect(await accountsOf(await makeSubscriber([(await makeAccount()).id]))).toHaveLength(1)
})
