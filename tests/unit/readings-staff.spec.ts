import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { type Corrected, weighCorrection } from '@/lib/readings/corrections-rules'
import { readInitials, weighFinals } from '@/lib/readings/meters-rules'
import { windowChanges } from '@/lib/readings/windows-preview'
import { period } from '@/lib/units/period'
import { formatDial, type MeterValue, quantity } from '@/lib/units/quantity'

const dial = { digitsBefore: 5, digitsAfter: 3 }
const finals = { final1: '', final2: '', final3: '', turned1: '', turned2: '', turned3: '' }
/** A value such a dial shows. */
const shown = fc.integer({ min: 0, max: 99_999_999 }).map((thousandths) => {
  const text = String(thousandths).padStart(4, '0')
  return quantity(`${text.slice(0, -3)}.${text.slice(-3)}`)
})
const text = (value: MeterValue) => formatDial(value, dial.digitsBefore, dial.digitsAfter)

test('a last value is never stored below the last known one without a passing of zero', () => {
  fc.assert(
    fc.property(shown, shown, (value, last) => {
      const found = weighFinals({ ...dial, registers: 1 }, new Map([[1, last]]), {
        ...finals,
        final1: text(value),
      })
      const accepted = found.values.length === 1
      expect(accepted).toBe(value >= last)
      expect(Object.keys(found.errors)).toHaveLength(accepted ? 0 : 1)
    }),
  )
})

test('every counter has a last value, and each its own field', () => {
  const meter = { digitsBefore: 5, digitsAfter: 0, registers: 3 }
  const last = new Map([
    [1, quantity('100')],
    [3, quantity('99998')],
  ])
  const found = weighFinals(meter, last, { ...finals, final1: '99', final3: '2' })
  expect(Object.keys(found.errors)).toEqual(['final1', 'final2', 'turned3'])
  expect(
    weighFinals(meter, last, { ...finals, final1: '101', final2: '5', final3: '2', turned3: '2' }),
  ).toEqual({
    errors: {},
    values: [
      { register: 1, value: quantity('101'), turned: false },
      { register: 2, value: quantity('5'), turned: false },
      { register: 3, value: quantity('2'), turned: true },
    ],
  })
})

test('first values are of the counters a meter has; an empty field is zero', () => {
  const typed = { initial1: '', initial2: '1,5', initial3: 'x' }
  expect(readInitials({ ...dial, registers: 2 }, typed)).toEqual({
    values: [quantity('0'), quantity('1.5'), null],
    errors: {},
  })
  expect(readInitials({ ...dial, registers: 3 }, typed).errors).toMatchObject({
    initial3: expect.any(String),
  })
})

test('a correction stands between the months around it', () => {
  fc.assert(
    fc.property(shown, shown, shown, shown, (value, current, a, b) => {
      const [previous, next] = a < b ? [a, b] : [b, a]
      const after = { value: next, period: period('2026-11'), rolledOver: false }
      const counters: Corrected[] = [{ register: 1, current, previous, next: after }]
      const { values, errors } = weighCorrection(dial, counters, [text(value)])
      const turned = values[0]?.turned === true
      if (Object.keys(errors).length === 0)
        expect(turned || (value >= previous && value <= next && value !== current)).toBe(true)
      else expect(value < previous || value > next || value === current).toBe(true)
    }),
  )
})

test('what other days change is said for the window that stands now, kinds of one change together', () => {
  const now = new Date('2026-11-22T12:00:00+03:00')
  const settings = { readingWindow: { from: 15, to: 25 }, readingWindows: {}, windowWaitsForWorkday: false }
  expect(windowChanges(settings, settings, now)).toEqual([])
  const later = windowChanges(settings, { ...settings, readingWindow: { from: 15, to: 28 } }, now)
  expect(later).toEqual([expect.stringMatching(/^Все счётчики: .*Текущее окно закроется 28 ноября\.$/)])
  // 29 November 2026 is a Sunday.
  const waits = { ...settings, readingWindow: { from: 15, to: 29 }, windowWaitsForWorkday: true }
  expect(windowChanges(settings, waits, now)[0]).toContain('закроется 30 ноября')
  const earlier = { ...settings, readingWindows: { heat: { from: 10, to: 20 }, gas: { from: 10, to: 20 } } }
  expect(windowChanges(settings, earlier, now)).toEqual([
    expect.stringMatching(/^Тепло, газ: .*Приём за ноябрь 2026 закроется сразу/),
  ])
  const after = new Date('2026-11-27T12:00:00+03:00')
  expect(windowChanges(settings, { ...settings, readingWindow: { from: 15, to: 28 } }, after)).toEqual([
    expect.stringContaining('Приём за ноябрь 2026 откроется снова.'),
  ])
})
