import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { certificatePdf } from '@/lib/ledger/certificate-pdf'
import { issueCharges, offeredMonths } from '@/lib/ledger/charges-certificate'
import { certificateFor, certificatesGiven, checkPaper } from '@/lib/papers/queries'
import { factsOf } from '@/lib/papers/words'
import { issueMeters } from '@/lib/readings/meters-certificate'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { codeOn, pictureOf, textOf } from '../support/bill'
import { makeCharge, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

const now = new Date('2026-11-16T12:00:00Z')
const months = (from: string, to: string) => ({ from: period(from), to: period(to) })

/** Heat from August to October 2026, and water in October. */
async function home() {
  const account = await makeAccount()
  const [heat, water] = [await makeService('Отопление', 1), await makeService('Вода', 2)]
  await makeCharge(account.id, '2026-08', heat, { charged: 10_000n, paid: 10_500n })
  await makeCharge(account.id, '2026-09', heat, { opening: -500n, charged: 20_000n, benefit: 1_000n })
  await makeCharge(account.id, '2026-10', heat, {
    opening: 18_500n,
    charged: 30_000n,
    penalty: 7n,
    paid: 18_500n,
  })
  await makeCharge(account.id, '2026-10', water, { charged: 4_000n })
  return { ...account, subscriber: await makeSubscriber([account.id]) }
}

const idOf = (result: Awaited<ReturnType<typeof issueCharges>>) => {
  if (result.status !== 'ok') throw new Error(`not given: ${JSON.stringify(result)}`)
  return result.value.id
}

test('the charges of a period: by month, by service and in all, to the kopeck', async () => {
  const { subscriber, accountNumber } = await home()
  const id = idOf(await issueCharges(subscriber, accountNumber, months('2026-09', '2026-10'), now))
  expect(await certificateFor(subscriber, id)).toMatchObject({
    kind: 'charges',
    body: {
      months: [
        { period: '2026-09', opening: '-500', accrued: '19000', paid: '0', closing: '18500' },
        { period: '2026-10', opening: '18500', accrued: '34007', paid: '18500', closing: '34007' },
      ],
      services: [
        { name: 'Отопление', accrued: '49007' },
        { name: 'Вода', accrued: '4000' },
      ],
      accrued: '53007',
      paid: '18500',
    },
  })
})

test('the wrong way round and without charges it is refused in words; a stranger is told nothing', async () => {
  const { subscriber, accountNumber } = await home()
  const ask = (from: string, to: string, who = subscriber) =>
    issueCharges(who, accountNumber, months(from, to), now)
  expect(await ask('2026-10', '2026-09')).toMatchObject({
    status: 'invalid',
    errors: { to: expect.any(String) },
  })
  expect(await ask('2025-01', '2025-12')).toMatchObject({ status: 'refused', code: 'nothing' })
  const stranger = await makeSubscriber()
  expect(await ask('2026-09', '2026-10', stranger)).toMatchObject({ code: 'absent' })
  expect(await issueMeters(stranger, accountNumber, now)).toMatchObject({ code: 'absent' })
  expect(await issueMeters(subscriber, accountNumber, now)).toMatchObject({ code: 'nothing' })
})

test('the same figures are one paper, however often it is asked for; others are another, and it stays as it was', async () => {
  const { id: accountId, subscriber, accountNumber } = await home()
  const ask = async () =>
    idOf(await issueCharges(subscriber, accountNumber, months('2026-08', '2026-08'), now))
  const asked = await Promise.all(Array.from({ length: 8 }, ask))
  expect(new Set(asked).size).toBe(1)
  const before = await certificateFor(subscriber, asked[0] ?? '')
  await makeCharge(
    accountId,
    '2026-08',
    await makeService('Отопление', 1),
    { charged: 1n, paid: 0n },
    { version: 2 },
  )
  const later = await ask()
  expect(later).not.toBe(asked[0])
  expect(await certificateFor(subscriber, asked[0] ?? '')).toEqual(before)
  expect((await certificatesGiven(subscriber, accountId)).map((paper) => paper.id)).toEqual([later, asked[0]])
  const journal = await db().select().from(auditLog)
  expect(
    journal.filter((row) => row.action === 'paper.issued' && row.actorId === subscriber.userId),
  ).toHaveLength(2)
})

test('registered meters: those that stand, with their days and last values', async () => {
  const { id, subscriber, accountNumber } = await home()
  const verified = { commissionedOn: day('2020-02-01'), verifiedUntil: day('2026-12-31') }
  await makeMeter(id, { serial: 'А-1', ...verified }, { '2026-09': ['300.5'], '2026-10': ['315.204'] })
  await makeMeter(id, { serial: 'Э-2', kind: 'electricity', place: '', registers: 2 })
  await makeMeter(id, { serial: 'С-3', removedOn: day('2026-01-01') })
  const paper = await certificateFor(subscriber, idOf(await issueMeters(subscriber, accountNumber, now)))
  expect(paper?.body).toMatchObject({
    on: '2026-11-16',
    meters: [
      { kind: 'Холодная вода', serial: 'А-1', place: 'кухня', ...verified, valuesOf: '2026-10' },
      {
        kind: 'Электричество',
        serial: 'Э-2',
        commissionedOn: '2020-01-15',
        verifiedUntil: null,
        valuesOf: null,
        values: [
          { name: 'День', dial: null },
          { name: 'Ночь', dial: null },
        ],
      },
    ],
  })
  expect(JSON.stringify(paper?.body)).toContain('00315,204')
})

test('on paper: everything it says, and a code that leads to the check with number and code alone', async () => {
  const { id, subscriber, accountNumber, holderName, address } = await home()
  await makeMeter(id, { serial: 'А-1' })
  const ids = [
    idOf(await issueCharges(subscriber, accountNumber, months('2026-08', '2026-10'), now)),
    idOf(await issueMeters(subscriber, accountNumber, now)),
  ]
  for (const one of ids) {
    const paper = await certificateFor(subscriber, one)
    if (!paper) throw new Error('no paper')
    const pdf = await certificatePdf(paper)
    expect((await certificatePdf(paper)).equals(pdf)).toBe(true)
    const text = (await textOf(pdf)).replace(/\s+/g, ' ')
    for (const words of [accountNumber, holderName, `№ ${paper.number}`]) expect(text).toContain(words)
    expect(text).toContain(paper.kind === 'charges' ? '630,07' : '№ А-1')
    // A sign the typeface lacks would be printed so.
    expect(text).not.toContain('?')
    const code = new TextDecoder().decode(await codeOn(await pictureOf(pdf)))
    expect(code).toBe(`http://localhost:3999/personal/check?number=${paper.number}&code=${paper.code}`)
    // Whoever checks it learns what it says, and not whose it is.
    const found = await checkPaper({ number: String(paper.number), code: paper.code }, `checker ${one}`)
    if (found.status !== 'ok') throw new Error('not found')
    const facts = JSON.stringify(factsOf(found.value))
    expect(facts).toContain('К••• А••• П•••')
    for (const secret of [accountNumber, holderName, address]) expect(facts).not.toContain(secret)
  }
})

test('a form offers the last year there are charges of', () => {
  const known = ['2026-10', '2026-09', '2026-08'].map(period)
  expect(offeredMonths(known)).toEqual(months('2026-08', '2026-10'))
  const long = Array.from({ length: 30 }, (_, back) =>
    period(`${2026 - Math.floor(back / 12)}-${String(12 - (back % 12)).padStart(2, '0')}`),
  )
  expect(offeredMonths(long)).toEqual(months('2026-01', '2026-12'))
  expect(offeredMonths([])).toBeUndefined()
})
