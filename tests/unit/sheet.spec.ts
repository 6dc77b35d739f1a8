import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { kopecks } from '@/lib/units/money'
import { csvLine, disarmed, roubles, workbookCell } from '@/lib/units/sheet'

for (const start of ['=', '+', '-', '@', '\t', '\r'])
  test(`text that begins with ${JSON.stringify(start)} runs as no formula`, () => {
    expect(disarmed(`${start}1`)).toBe(`'${start}1`)
    expect(workbookCell({ text: `${start}1` })).toEqual({ value: `'${start}1`, type: String })
  })

test('figures keep their minus and take a comma', () => {
  expect(csvLine([roubles(kopecks(-187_261n)), roubles(kopecks(5n)), { figure: '' }])).toBe(
    '-1872,61;0,05;\r\n',
  )
  expect(workbookCell(roubles(kopecks(-187_261n)))).toEqual({ value: -1872.61, type: Number })
  expect(workbookCell({ figure: '' })).toBeNull()
})

test('cells that would break a line are quoted', () => {
  expect(csvLine([{ text: 'a;b' }, { text: 'say "x"' }, { text: 'a\r\nb' }])).toBe(
    '"a;b";"say ""x""";"a\r\nb"\r\n',
  )
})

test('no text begins a cell like a formula', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(csvLine([{ text }])).not.toMatch(/^"?[=+\-@\t\r](?!\n$)/)
    }),
  )
})
