import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { meters, tariffs } from '@/db/schema'
import { chooseMessages } from '@/lib/access/messages'
import { remindOfVerification } from '@/lib/notices/verification-reminders'
import { addDays, day } from '@/lib/units/day'
import { quantity } from '@/lib/units/quantity'
import { makeCharge, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeHome, remindersTo } from '../support/reminders'

const at = (date: string) => new Date(`${date}T09:00:00+03:00`)
const TODAY = day('2026-11-22')
const run = (today = TODAY) => remindOfVerification(at(today))

test('90, 60 and 30 days ahead and on the last day, once each, however often it runs', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, { verifiedUntil: day('2027-03-01') })
  const told: [string, unknown][] = []
  for (let today = day('2026-11-25'); today <= '2027-04-15'; today = addDays(today, 1)) {
    const before = (await remindersTo(home.subscriber)).length
    await Promise.all([run(today), run(today)])
    for (const { daysLeft } of (await remindersTo(home.subscriber)).slice(before))
      told.push([today, daysLeft])
  }
  expect(told).toEqual([
    ['2026-12-01', 90],
    ['2026-12-31', 60],
    ['2027-01-30', 30],
    ['2027-03-01', 0],
  ])
  expect((await remindersTo(home.subscriber))[0]?.meters).toEqual([
    `Холодная вода, кухня, № ${meter.serial} — до 1 марта 2027`,
  ])
  // Verified anew: the next time is told again.
  await db()
    .update(meters)
    .set({ verifiedUntil: day('2033-03-01') })
    .where(eq(meters.id, meter.id))
  await run(day('2032-12-01'))
  expect((await remindersTo(home.subscriber)).slice(4)).toMatchObject([{ daysLeft: 90 }])
})

test('meters that run out together stand in one letter; a missed step is made up for by the nearest', async () => {
  const home = await makeHome()
  const [first, second] = [
    await makeMeter(home.accountId, { verifiedUntil: day('2027-01-10') }),
    await makeMeter(home.accountId, { kind: 'hot_water', verifiedUntil: day('2026-11-20'), automatic: true }),
  ]
  await run()
  expect(await remindersTo(home.subscriber)).toMatchObject([
    {
      daysLeft: -2,
      meters: [
        `Холодная вода, кухня, № ${first.serial} — до 10 января 2027`,
        `Горячая вода, кухня, № ${second.serial} — до 20 ноября 2026`,
      ],
      costs: [],
    },
  ])
})

test('nothing of meters that are removed, verified for long, expired long ago, or of people who do not agree', async () => {
  const homes = await Promise.all(Array.from({ length: 5 }, () => makeHome()))
  const [removed, long, old, withdrawn, closed] = homes
  if (!removed || !long || !old || !withdrawn || !closed) throw new Error('no homes')
  await makeMeter(removed.accountId, { verifiedUntil: addDays(TODAY, 30), removedOn: TODAY })
  await makeMeter(long.accountId, { verifiedUntil: addDays(TODAY, 91) })
  await makeMeter(old.accountId, { verifiedUntil: addDays(TODAY, -31) })
  await makeMeter(withdrawn.accountId, { verifiedUntil: addDays(TODAY, 30) })
  await chooseMessages(withdrawn.subscriber, false, at('2026-11-01'))
  await run()
  for (const { subscriber } of homes) expect(await remindersTo(subscriber)).toEqual([])
})

test('the letter says what it will cost by the account’s own bill, readings and norm', async () => {
  const home = await makeHome({ residents: 2 })
  await makeMeter(
    home.accountId,
    { verifiedUntil: addDays(TODAY, 60) },
    { '2026-08': ['300'], '2026-10': ['312.8'] },
  )
  const service = await makeService('Холодное водоснабжение')
  await db()
    .insert(tariffs)
    .values({
      serviceId: service,
      validFrom: day('2026-07-01'),
      unit: 'куб.м',
      price: quantity('45.18'),
      norm: quantity('6.8'),
      normPer: 'person',
    })
  await makeCharge(home.accountId, '2026-10', service, { charged: 28_897n })
  await run()
  const [letter] = await remindersTo(home.subscriber)
  expect(JSON.stringify(letter?.costs).replace(/[\u00a0\u202f]/g, ' ')).toBe(
    JSON.stringify([
      'Если не поверить, холодную воду будем начислять по среднему 6,4 м³ — 289,15 ₽ в месяц, через 3 месяца по нормативу 13,6 м³ — 614,45 ₽.',
    ]),
  )
})
