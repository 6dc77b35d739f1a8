import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, auditLog, paperlessChoices } from '@/db/schema'
import { choosePaperless, paperlessStates } from '@/lib/ledger/paperless'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

const recorded = (accountId: number) =>
  db()
    .select({ before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.action, 'paperless.chosen'), eq(auditLog.subjectId, String(accountId))))
    .orderBy(auditLog.id)

test('the choice is made per account, kept once, and taken back', async () => {
  const [first, second] = [await makeAccount(), await makeAccount()]
  const subscriber = await makeSubscriber([first.id, second.id])
  const chosen = async () =>
    (await paperlessStates(subscriber)).accounts.map(({ accountNumber, since }) => [
      accountNumber,
      since !== undefined,
    ])
  const choose = (paperless: boolean) =>
    choosePaperless(subscriber, { account: second.accountNumber, paperless })
  expect(await chosen()).toEqual([
    [first.accountNumber, false],
    [second.accountNumber, false],
  ])
  const answers = await Promise.all(Array.from({ length: 10 }, () => choose(true)))
  expect(answers.every((answer) => answer.status === 'ok')).toBe(true)
  expect(await chosen()).toEqual([
    [first.accountNumber, false],
    [second.accountNumber, true],
  ])
  expect(await choose(false)).toMatchObject({ status: 'ok' })
  expect(await choose(false)).toMatchObject({ status: 'ok' })
  expect(await chosen()).toEqual([
    [first.accountNumber, false],
    [second.accountNumber, false],
  ])
  expect(await recorded(second.id)).toEqual([
    { before: { paperless: false }, after: { paperless: true } },
    { before: { paperless: true }, after: { paperless: false } },
  ])
})

test('an account of others, or one no longer theirs, cannot be chosen for', async () => {
  const [own, other] = [await makeAccount(), await makeAccount()]
  const subscriber = await makeSubscriber([own.id])
  await db().update(accountAccess).set({ endedAt: new Date() }).where(eq(accountAccess.accountId, own.id))
  for (const account of [own.accountNumber, other.accountNumber, '9999999'])
    expect(await choosePaperless(subscriber, { account, paperless: true })).toMatchObject({
      status: 'refused',
      code: 'absent',
    })
  expect(
    await db().select().from(paperlessChoices).where(eq(paperlessChoices.userId, subscriber.userId)),
  ).toEqual([])
  expect((await paperlessStates(subscriber)).accounts).toEqual([])
})
