import { submitReadings } from '@/lib/readings/commands'
import { differencesFrom } from '@/lib/readings/differences'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

const TAKEN = new Date('2026-11-22T12:00:00+03:00')
const SENT = new Date('2026-11-22T15:30:00+03:00')
const LATER = new Date('2026-11-23T09:00:00+03:00')

test('a value sent while a phone had no signal is told with both dials and its time; to its owner only', async () => {
  const { id, accountNumber: account } = await makeAccount()
  const subscriber = await makeSubscriber([id])
  const water = await makeMeter(id, {}, { '2026-10': ['315.204'] })
  const power = await makeMeter(
    id,
    { kind: 'electricity', registers: 2, digitsBefore: 6, digitsAfter: 0 },
    { '2026-10': ['12480', '6114'] },
  )
  const at = await submitReadings(subscriber, { account, [`m${water.id}r1`]: '321' }, SENT)
  expect(at.status).toBe('ok')
  const typed = {
    account,
    [`m${water.id}r1`]: '322,5',
    [`m${power.id}r1`]: '12655',
    [`m${power.id}r2`]: '6170',
  }
  const phone = { key: crypto.randomUUID(), takenAt: TAKEN, known: { [`m${water.id}r1`]: '' } }
  expect(await submitReadings(subscriber, typed, LATER, phone)).toMatchObject({ code: 'conflict' })
  expect(await differencesFrom(subscriber, typed, TAKEN)).toEqual([
    {
      field: `m${water.id}r1`,
      label: expect.stringContaining('вода'),
      typed: '00322,500',
      inForce: '00321,000',
      at: SENT.toISOString(),
    },
  ])
  const same = { ...typed, [`m${water.id}r1`]: '00321,0' }
  expect(await differencesFrom(subscriber, same, TAKEN)).toEqual([])
  expect(await differencesFrom(await makeSubscriber([]), typed, TAKEN)).toEqual([])
  const known = { ...phone.known, [`m${water.id}r1`]: '00321,000' }
  expect(await submitReadings(subscriber, typed, LATER, { ...phone, known })).toMatchObject({
    status: 'ok',
  })
})
