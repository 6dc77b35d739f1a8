import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, papers } from '@/db/schema'
import { paperFor } from '@/lib/papers/queries'
import { issueMeters } from '@/lib/readings/meters-certificate'
import { expect, test } from '../support/database'
import { BEFORE, change, makeLivedHome } from '../support/holders'
import { makeSubscriber } from '../support/people'

/** Between the day of the change and its recording. */
const MEANWHILE = new Date('2026-11-15T18:00:00+03:00')

test('what a former holder was given stays theirs alone, though the new one’s time had begun', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  const taken = await issueMeters(home.former, home.account.accountNumber, MEANWHILE)
  expect(taken.status).toBe('ok')
  expect(await change(home, { login: next.login })).toMatchObject({ status: 'ok' })
  const given = await db().select().from(papers).where(eq(papers.issuedTo, home.former.userId))
  expect(given.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['meters', 'final-statement']))
  for (const { id, kind } of given) {
    expect(await paperFor(home.former, id), kind).toMatchObject({ id })
    expect(await paperFor(next, id), kind).toBeUndefined()
  }
})

test('nor does the new one get the last statement of a holder who was no user', async () => {
  const home = await makeLivedHome()
  const next = await makeSubscriber()
  await db()
    .update(accountAccess)
    .set({ endedAt: BEFORE, endReason: 'application' })
    .where(eq(accountAccess.userId, home.former.userId))
  expect(await change(home, { login: next.login })).toMatchObject({ status: 'ok' })
  const [last] = await db()
    .select()
    .from(papers)
    .where(and(eq(papers.accountId, home.account.id), eq(papers.kind, 'final-statement')))
  expect(last?.issuedTo).toBeNull()
  expect(await paperFor(next, last?.id ?? '')).toBeUndefined()
})
