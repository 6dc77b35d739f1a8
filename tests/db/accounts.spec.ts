import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess } from '@/db/schema'
import { accountsOf, chosenAccount } from '@/lib/accounts/queries'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

test('a person sees the accounts they have access to now, by number', async () => {
  const [first, second, ended, foreign] = await Promise.all([
    makeAccount(),
    makeAccount(),
    makeAccount(),
    makeAccount(),
  ])
  const subscriber = await makeSubscriber([second.id, ended.id, first.id])
  await makeSubscriber([foreign.id])
  await db().update(accountAccess).set({ endedAt: new Date() }).where(eq(accountAccess.accountId, ended.id))
  const numbers = [first.accountNumber, second.accountNumber].sort()
  expect((await accountsOf(subscriber)).map(({ accountNumber }) => accountNumber)).toEqual(numbers)
})

test('the number asked for wins, then the remembered one, then the first', async () => {
  const [first, second] = [await makeAccount(), await makeAccount()]
  const subscriber = await makeSubscriber([first.id, second.id])
  const idOf = async (wanted?: string, remembered?: string) => {
    const chosen = await chosenAccount(subscriber, wanted, remembered)
    return chosen.kind === 'one' ? chosen.account.id : chosen.kind
  }
  expect(await idOf()).toBe(first.id)
  expect(await idOf(undefined, second.accountNumber)).toBe(second.id)
  expect(await idOf(first.accountNumber, second.accountNumber)).toBe(first.id)
  expect(await idOf(undefined, 'nonsense')).toBe(first.id)
})

test('a number of others is refused like one that does not exist', async () => {
  const [own, foreign] = [await makeAccount(), await makeAccount()]
  const subscriber = await makeSubscriber([own.id])
  expect(await chosenAccount(subscriber, foreign.accountNumber)).toEqual({ kind: 'stranger' })
  expect(await chosenAccount(subscriber, '9999999999')).toEqual({ kind: 'stranger' })
  expect(await chosenAccount(subscriber, undefined, foreign.accountNumber)).toMatchObject({
    account: { id: own.id },
  })
})

test('a person without accounts has none', async () => {
  expect(await chosenAccount(await makeSubscriber(), undefined)).toEqual({ kind: 'none' })
})
