import { db } from '@/db/client'
import { paperlessChoices } from '@/db/schema'
import { findAccounts, MOST_FOUND } from '@/lib/accounts/search'
import { accountForStaff, holdersOf } from '@/lib/accounts/staff'
import { billedMonths } from '@/lib/ledger/bill'
import { metersOf } from '@/lib/readings/staff'
import { makeCharge, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const town = [
  ['7700001', 'Цаплина-Журавлёва Анна Петровна', '3-й микрорайон, дом 17, кв. 241'],
  ['7700002', 'ЦАПЛИН ПЁТР ИЛЬИЧ', '3-й микрорайон, дом 17Б, кв. 15а'],
  ['7700013', 'Шереметьевская Людмила Фёдоровна', 'ул. Энергетиков, д. 9/2, кв. 241'],
  ['7700014', 'Е Мария Сергеевна', 'ул. Энергетиков, д. 9/2, кв. 8Н ком.1'],
  ['7700015', "Д'Агостинелли Марко", '5-й микрорайон, дом 44, кв. 3'],
] as const

test.beforeAll(async () => {
  for (const [accountNumber, holderName, address] of town)
    await makeAccount({ accountNumber, holderName, address })
})

const search = async (text: string) =>
  (await findAccounts(await makeStaff(), text))
    .map((found) => found.accountNumber)
    .filter((one) => one.startsWith('77000'))

for (const [typed, numbers] of [
  ['7700013', ['7700013']],
  ['77 00 013', ['7700013']],
  ['770000', ['7700001', '7700002']],
  ['Шереметьевская', ['7700013']],
  ['шереметьевская л ф', ['7700013']],
  ['цаплин', ['7700001', '7700002']],
  ['Цаплина Журавлева', ['7700001']],
  ['Петровна Анна Цаплина', ['7700001']],
  ["д'агостинелли", ['7700015']],
  ['Е Мария Сергеевна', ['7700014']],
  // Mistyped.
  ['Шеремитьевская', ['7700013']],
  ['Шереметьевская Людмила Фёдоровва', ['7700013']],
  ['Коплина-Журавлёва Анна', ['7700001']],
  // Addresses, whatever the abbreviations.
  ['3 мкр 17 241', ['7700001']],
  ['г. Десногорск, 3-й микрорайон, д. 17б, кв. 15а', ['7700002']],
  ['Энергетиков 9/2', ['7700013', '7700014']],
  ['ул. Энергетеков, дом 9/2, кв. 241', ['7700013']],
  // One word too many: the town stands in no address of billing's.
  ['Десногорск, 3-й микрорайон, дом 17, кв. 241', ['7700001']],
  // Both together.
  ['Шереметьевская 241', ['7700013']],
  ['Шереметьевская Энергетиков', ['7700013']],
  ['Шереметьевская 17', []],
  // Nobody.
  ['7799999', []],
  ['кв', []],
  ['', []],
  ['\'"; drop table accounts; -- %_\\ (', []],
] as const)
  test(`«${typed}» finds ${numbers.length === 0 ? 'nobody' : numbers.join(', ')}`, async () => {
    expect(await search(typed)).toEqual([...numbers])
  })

test('a list ends at its most', async () => {
  for (let index = 0; index < MOST_FOUND + 5; index++)
    await makeAccount({ holderName: `Многолюдов Иван ${index}` })
  expect(await findAccounts(await makeStaff(), 'Многолюдов')).toHaveLength(MOST_FOUND)
})

test('an account before staff: who sees it, its meters with their last values, its months', async () => {
  const [staff, account] = [await makeStaff(), await makeAccount()]
  const subscriber = await makeSubscriber([account.id])
  await db().insert(paperlessChoices).values({ accountId: account.id, userId: subscriber.userId })
  await makeMeter(
    account.id,
    { kind: 'electricity', registers: 2, place: '' },
    { '2026-09': ['10', '5'], '2026-10': ['12', '6'] },
  )
  const heat = await makeService('Отопление')
  await makeCharge(account.id, '2026-09', heat, { charged: 100n })
  await makeCharge(account.id, '2026-10', heat, { opening: 100n, charged: 50n })
  expect(await accountForStaff(staff, account.accountNumber)).toMatchObject({ id: account.id })
  expect(await accountForStaff(staff, 'nothing')).toBeUndefined()
  expect(await holdersOf(staff, account.id)).toMatchObject([
    { userId: subscriber.userId, login: subscriber.login, paperlessSince: expect.any(Date) },
  ])
  expect(await metersOf(staff, account.id)).toMatchObject([
    {
      title: 'Электричество',
      last: [
        { name: 'День', dial: '00012,000' },
        { name: 'Ночь', dial: '00006,000' },
      ],
    },
  ])
  expect(await billedMonths(staff, account.id, 12)).toMatchObject([
    { period: '2026-10', closing: 150n },
    { period: '2026-09', closing: 100n },
  ])
  expect(await billedMonths(staff, account.id, 1)).toHaveLength(1)
})
