import { expect, test } from '@playwright/test'
import { changeState, undoState } from '@/lib/access/rules'
import { blockWords, crowd, evidenceWords, fast, guessed, moved } from '@/lib/access/suspicion-rules'

const now = new Date('2026-11-25T12:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

for (const [failures, raised] of [
  [0, 0],
  [4, 0],
  [5, 1],
  [9, 1],
] as const)
  test(`${failures} wrong passwords before the right one raise ${raised}`, () => {
    expect(guessed([{ id: '1', userId: 'u', failures, at: now }])).toHaveLength(raised)
  })

for (const [name, apart, raised] of [
  ['a day apart', 24 * 60, 1],
  ['a day and a minute apart', 24 * 60 + 1, 0],
  ['the change before the sign-in', -24 * 60, 1],
] as const)
  test(`a new device and a changed e-mail ${name}`, () => {
    const pair = { changeId: 'c', userId: 'u', signedInAt: now, changedAt: at(apart) }
    expect(moved([pair, pair])).toHaveLength(raised)
  })

for (const [people, hoursAgo, raised] of [
  [4, 1, 0],
  [5, 1, 5],
  [7, 23, 7],
  [7, 24, 0],
] as const)
  test(`${people} people from one network ${hoursAgo} hours ago raise ${raised}`, () => {
    const signIns = Array.from({ length: people * 2 }, (_, place) => ({
      ...{ where: 'w', userId: `u${place % people}`, at: at(-60 * hoursAgo) },
    }))
    expect(crowd(signIns, now)).toHaveLength(raised)
    expect(new Set(crowd(signIns, now).map(({ about }) => about)).size).toBe(raised)
  })

for (const [minutes, raised] of [
  [[0, 3, 6], 0],
  [[0, 3, 6, 10], 1],
  [[0, 3, 6, 11], 0],
  [[0, 20, 21, 22, 23, 50], 1],
  [[23, 0, 22, 21, 20], 1],
] as const)
  test(`requests at minutes ${minutes.join(', ')} raise ${raised}`, () => {
    const requests = minutes.map((minute) => ({ where: 'w', at: at(minute), number: `n${minute}` }))
    expect(fast(requests, 'address')).toHaveLength(raised)
    expect(fast([...requests, { where: 'other', at: now, number: 'x' }], 'phone')).toHaveLength(raised)
  })

test('the evidence is told in words, times in Moscow', () => {
  const [time, later] = [now.toISOString(), at(60).toISOString()]
  expect(evidenceWords({ sign: 'guessed', evidence: { failures: 5, at: time } })).toBe(
    '5 неверных паролей подряд с незнакомых устройств, потом верный: вход 25 ноября 2026, 15:00.',
  )
  const span = { from: time, to: later }
  expect(evidenceWords({ sign: 'crowd', evidence: { people: 6, ...span } })).toContain('6 человек')
  expect(
    evidenceWords({ sign: 'fast', evidence: { requests: ['2026-0001'], same: 'phone', ...span } }),
  ).toContain('1 заявка с одним телефоном')
  expect(blockWords({ sign: 'moved', evidence: { signedInAt: time, changedAt: later } })).toBe(
    'Новое устройство и смена почты. Вход с нового устройства 25 ноября 2026, 15:00, смена почты 25 ноября 2026, 16:00.',
  )
})

const none = { confirmedAt: null, cancelledAt: null, confirmBy: at(10) }
for (const [change, minute, state] of [
  [none, 9, 'open'],
  [none, 10, 'late'],
  [{ ...none, cancelledAt: now }, 1, 'late'],
  [{ ...none, confirmedAt: now }, 20, 'done'],
] as const)
  test(`a change ${JSON.stringify(change)} is ${state} at minute ${minute}`, () => {
    expect(changeState(change, at(minute))).toBe(state)
  })

for (const [change, minute, state] of [
  [{ undoneAt: null, undoUntil: null }, 0, 'late'],
  [{ undoneAt: null, undoUntil: at(10) }, 9, 'open'],
  [{ undoneAt: null, undoUntil: at(10) }, 10, 'late'],
  [{ undoneAt: now, undoUntil: at(10) }, 1, 'done'],
] as const)
  test(`an undoing of ${JSON.stringify(change)} is ${state} at minute ${minute}`, () => {
    expect(undoState(change, at(minute))).toBe(state)
  })
