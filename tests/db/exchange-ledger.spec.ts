import { asc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { ledgerEntries, paperlessChoices, payments } from '@/db/schema'
import { expect, test } from '../support/database'
import { check, freshNumber, load } from '../support/imports'
import { makeAccount, makeSubscriber } from '../support/people'

const entriesOf = (accountId: number) =>
  db()
    .select({ kind: ledgerEntries.kind, amount: ledgerEntries.amount, period: ledgerEntries.period })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.accountId, accountId))
    .orderBy(asc(ledgerEntries.id))

/** The two ways to a balance; they must agree. */
async function balancesOf(accountIds: number[]) {
  const ids = sql.param(accountIds)
  const { rows } = await db().execute(sql`
    select a.id, coalesce((select sum(closing - opening) from stated_charges where account_id = a.id), 0)
        + coalesce((select sum(amount) from ledger_entries where account_id = a.id), 0) as entered,
      coalesce((select sum(closing) from stated_charges where account_id = a.id
        and period = (select max(period) from stated_charges where account_id = a.id)), 0)
        + coalesce((select sum(amount) from ledger_entries where account_id = a.id and kind <> 'carried'), 0) as shown
    from accounts a where a.id = any(${ids}::bigint[]) order by a.id`)
  return rows.map(({ entered, shown }) => [String(entered), String(shown)])
}

const bill = (accountNumber: string, period: string, opening: string, charged: string, closing: string) => ({
  ...{ accountNumber, period, opening, charged, closing },
  paid: '0,00',
})

test('what a month opens with beyond the close of the one before is carried, whatever order months come in', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  await load('charges', [bill(accountNumber, '01.2025', '50,00', '100,00', '150,00')])
  await load('charges', [bill(accountNumber, '02.2025', '150,00', '100,00', '250,00')])
  await load('charges', [bill(accountNumber, '05.2025', '240,00', '10,00', '250,00')])
  expect(await entriesOf(id)).toEqual([
    { kind: 'carried', amount: 5_000n, period: '2025-01' },
    { kind: 'carried', amount: -1_000n, period: '2025-05' },
  ])
  expect(await balancesOf([id])).toEqual([['25000', '25000']])
  // A month between comes later, then the first one is corrected.
  await load('charges', [bill(accountNumber, '03.2025', '250,00', '-20,00', '230,00')])
  await load('charges', [bill(accountNumber, '01.2025', '50,00', '90,00', '140,00')])
  expect((await entriesOf(id)).slice(2)).toEqual([
    { kind: 'carried', amount: 2_000n, period: '2025-05' },
    { kind: 'carried', amount: 1_000n, period: '2025-02' },
  ])
  expect(await balancesOf([id])).toEqual([['25000', '25000']])
})

test('months loaded together are each set beside the one stated before them, however far that is', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const other = await makeAccount({ accountNumber: freshNumber() })
  await load('charges', [
    bill(accountNumber, '03.2022', '0,00', '10,00', '10,00'),
    bill(other.accountNumber, '05.2022', '0,00', '5,00', '5,00'),
  ])
  await load('charges', [
    bill(accountNumber, '01.2022', '0,00', '7,00', '7,00'),
    bill(accountNumber, '07.2022', '10,00', '1,00', '11,00'),
  ])
  expect(await entriesOf(id)).toEqual([{ kind: 'carried', amount: -700n, period: '2022-03' }])
  expect(await balancesOf([id, other.id])).toEqual([
    ['1100', '1100'],
    ['500', '500'],
  ])
})

test('a payment told by a register counts until billing has it, once', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  await load(
    'charges',
    [bill(accountNumber, '06.2025', '0,00', '100,00', '100,00')],
    '2025-07-03T18:00:00+03:00',
  )
  const row = (paidOn: string, amount: string) => ({ accountNumber, paidOn, amount, period: '06.2025' })
  const register = [row('01.07.2025', '30,00'), row('05.07.2025', '60,00'), row('05.07.2025', '60,00')]
  const first = await load('payments', register)
  expect(first.report.changes).toEqual([{ what: 'Платежи', added: 3, changed: 0, unchanged: 0 }])
  expect(await entriesOf(id)).toMatchObject([
    { kind: 'payment', amount: -6_000n },
    { kind: 'payment', amount: -6_000n },
  ])
  expect(await balancesOf([id])).toEqual([['-2000', '-2000']])
  const again = await load('payments', register)
  expect(again.report.changes).toMatchObject([{ added: 0, unchanged: 3 }])
  expect(await balancesOf([id])).toEqual([['-2000', '-2000']])
  // The next bill is of a moment after the payments: they are in it.
  await load('charges', [{ ...bill(accountNumber, '07.2025', '100,00', '100,00', '80,00'), paid: '120,00' }])
  expect((await entriesOf(id)).slice(2)).toMatchObject([
    { kind: 'taken-over', amount: 6_000n },
    { kind: 'taken-over', amount: 6_000n },
  ])
  expect(await balancesOf([id])).toEqual([['8000', '8000']])
})

test('numbered payments are told apart by their numbers, and one stated otherwise is for people to look into', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const row = { accountNumber, document: 'СБ-1', amount: '10,00' }
  await load('payments', [row, { ...row, document: 'СБ-2' }])
  const { report } = await check('payments', [
    row,
    { ...row, document: 'СБ-2', amount: '11,00' },
    { ...row, document: 'СБ-3' },
    row,
  ])
  expect(report.changes).toMatchObject([{ added: 1, unchanged: 1 }])
  expect(report.rejects).toMatchObject([
    { line: 3, column: 'Сумма', reason: expect.stringContaining('другой суммой') },
    { line: 5, column: 'Номер платежа', reason: 'Такая строка в файле уже есть' },
  ])
  expect(await db().$count(payments, eq(payments.accountId, id))).toBe(2)
})

test('whoever asked for bills by e-mail gets one letter for a month newer than any before', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const { userId } = await makeSubscriber([id])
  await db().insert(paperlessChoices).values({ accountId: id, userId })
  const owed = async () => {
    const { rows } = await db().execute(sql`
      select l.payload from letters l join users u on u.email = l.to_email
      where u.id = ${userId} and l.kind = 'bill-ready' order by l.created_at`)
    return rows.map(({ payload }) => payload)
  }
  await load('charges', [bill(accountNumber, '08.2025', '0,00', '100,00', '100,00')])
  expect(await owed()).toMatchObject([{ accountNumber, period: '2025-08', amount: '10000' }])
  await load('charges', [bill(accountNumber, '07.2025', '0,00', '0,00', '0,00')])
  await load('charges', [bill(accountNumber, '08.2025', '0,00', '90,00', '90,00')])
  expect(await owed()).toHaveLength(1)
  await load('charges', [bill(accountNumber, '09.2025', '90,00', '10,00', '100,00')])
  expect(await owed()).toMatchObject([{}, { period: '2025-09', dueOn: '2025-10-15' }])
})
