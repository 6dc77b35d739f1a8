import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { Repeats } from '@/lib/exchange/repeats'

test('notices a repetition wherever it stands, and takes different rows for different', () => {
  const rows = fc.uniqueArray(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), {
    minLength: 1,
    maxLength: 200,
    selector: (parts) => JSON.stringify(parts),
  })
  fc.assert(
    fc.property(rows, fc.nat(), (parts, place) => {
      const repeats = new Repeats()
      for (const one of parts) repeats.add(one)
      expect(repeats.seen).toBe(false)
      repeats.add(parts[place % parts.length] ?? [])
      expect(repeats.seen).toBe(true)
    }),
  )
})

test('keeps apart as many rows as a large file has', () => {
  const repeats = new Repeats()
  for (let row = 0; row < 300_000; row += 1) repeats.add([String(row), '2026-10', 'Отопление'])
  expect(repeats.seen).toBe(false)
  repeats.add(['177', '2026-10', 'Отопление'])
  expect(repeats.seen).toBe(true)
})

test('where one text ends and the next begins matters', () => {
  const repeats = new Repeats()
  repeats.add(['12', '3'])
  repeats.add(['1', '23'])
  expect(repeats.seen).toBe(false)
})
