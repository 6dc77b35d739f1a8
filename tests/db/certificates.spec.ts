import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { papers } from '@/db/schema'
import { checkPaper, paperFor } from '@/lib/papers/queries'
import { factsOf } from '@/lib/papers/words'
import { issueNoDebt } from '@/lib/payments/certificate'
import { makeCharge, makeChargesImport, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

/** October 2026 is paid by 16 November 2026: the 15th is a Sunday. */
const inTime = new Date('2026-11-16T20:59:00Z')
const late = new Date('2026-11-16T21:01:00Z')

async function home(opening: bigint, charged: bigint) {
  const account = await makeAccount()
  const importId = await makeChargesImport('2026-11-03T00:00:00+03:00')
  await makeCharge(account.id, '2026-10', await makeService('Отопление'), { opening, charged }, { importId })
  return { ...account, subscriber: await makeSubscriber([account.id]) }
}

const ids = (result: Awaited<ReturnType<typeof issueNoDebt>>) =>
  result.status === 'ok' ? result.value.id : result

for (const [words, opening, charged, now, answer] of [
  ['a bill that can still be paid in time is no debt', 0n, 100_000n, inTime, 'ok'],
  ['a bill past its last day is', 0n, 100_000n, late, 'debt'],
  ['a debt from before the bill is, on any day', 1n, 100_000n, inTime, 'debt'],
  ['nothing owed is no debt', -100_000n, 100_000n, late, 'ok'],
  ['paid ahead, a bill takes what is there', -50_000n, 100_000n, inTime, 'ok'],
] as const)
  test(`a certificate of no debt: ${words}`, async () => {
    const { subscriber, accountNumber } = await home(opening, charged)
    const result = await issueNoDebt(subscriber, accountNumber, now)
    expect(result.status === 'refused' ? result.code : result.status).toBe(answer)
  })

test('asked for twice at once, and again the same day, it is one paper; the next day another', async () => {
  const { id, subscriber, accountNumber } = await home(-100_000n, 100_000n)
  // Connections stand ready, so that the askings truly meet.
  await Promise.all(Array.from({ length: 12 }, () => db().execute(sql`select pg_sleep(0.1)`)))
  const asked = await Promise.all(
    Array.from({ length: 12 }, () => issueNoDebt(subscriber, accountNumber, inTime)),
  )
  expect(new Set(asked.map(ids)).size).toBe(1)
  expect(ids(await issueNoDebt(subscriber, accountNumber, late))).not.toBe(asked.map(ids)[0])
  const given = await db().select().from(papers)
  expect(given.filter((paper) => paper.accountId === id)).toHaveLength(2)
})

test('strangers neither get nor see it; whoever holds it can check it, and learns no name', async () => {
  const { subscriber, accountNumber, holderName } = await home(0n, 100_000n)
  const other = await makeSubscriber()
  expect(await issueNoDebt(other, accountNumber, inTime)).toMatchObject({ code: 'absent' })
  const given = await issueNoDebt(subscriber, accountNumber, inTime)
  if (given.status !== 'ok') throw new Error('not given')
  expect(await paperFor(other, given.value.id)).toBeUndefined()
  const paper = await paperFor(subscriber, given.value.id)
  expect(paper).toMatchObject({
    kind: 'no-debt',
    body: { holderName, on: '2026-11-16', due: { amount: '100000', period: '2026-10', until: '2026-11-16' } },
  })
  const input = { number: String(paper?.number), code: paper?.code ?? '' }
  const found = await checkPaper(input, '203.0.113.9')
  if (found.status !== 'ok') throw new Error('not found')
  const facts = factsOf(found.value)
  expect(facts).toMatchObject({
    'Что это': 'Справка об отсутствии задолженности',
    Кому: 'К••• А••• П•••',
    Содержание: 'На 16 ноября 2026 просроченной задолженности нет',
  })
  expect(Object.values(facts).join(' ')).not.toMatch(new RegExp(`${accountNumber}|микрорайон|Анна`))
})
