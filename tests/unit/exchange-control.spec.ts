import { expect, test } from '@playwright/test'
import type { Profile } from '@/lib/exchange/profile'
import { ownProfile } from '@/lib/exchange/profiles/own'
import type { ImportKind } from '@/lib/exchange/schema'
import { billingLines, encoded } from '../support/billing-file'
import { readWhole } from '../support/table-file'

function read(kind: ImportKind, lines: string[][], changes: Partial<Profile> = {}) {
  return readWhole(encoded(lines, 'utf-8'), {
    ...ownProfile(kind),
    encoding: 'utf-8',
    delimiter: ';',
    ...changes,
  })
}

test.describe('the control line', () => {
  const refusals: readonly (readonly [
    name: string,
    lines: () => string[][],
    line: number,
    reason: RegExp,
  ])[] = [
    ['is missing', () => billingLines('charges', [{}]).slice(0, -1), 2, /обрезан/],
    [
      'counts other rows',
      () => billingLines('charges', [{}], { 1: '2' }),
      3,
      /указано строк 2, а в файле их 1/,
    ],
    ['has no count', () => billingLines('charges', [{}], { 1: '' }), 3, /число строк/],
    ['has another sum', () => billingLines('charges', [{}], { 7: '288,98' }), 3, /288,98, по строкам 288,97/],
    ['lacks a sum', () => billingLines('charges', [{}], { 12: '' }), 3, /нет суммы/],
    ['is not the last', () => [...billingLines('charges', [{}]), ['0', '1']], 4, /После строки ИТОГО/],
    ['stands alone', () => billingLines('charges', []), 2, /ни одной строки/],
    [
      'comes after a short row',
      () => billingLines('charges', [{}]).with(1, ['0104523', '10.2026']),
      2,
      /Столбцов в строке 2/,
    ],
  ]
  for (const [name, lines, line, reason] of refusals) {
    test(`${name}: the whole file is refused`, async () => {
      const { refusal } = await read('charges', lines())
      expect(refusal).toMatchObject({ line, reason: expect.stringMatching(reason) })
    })
  }

  test('cannot vouch for a column with an unreadable amount, and says so', async () => {
    const lines = billingLines('charges', [{}, { accountNumber: '0104524', charged: '?' }], { 7: '1,00' })
    const { refusal, rejected, warnings } = await read('charges', lines)
    expect(refusal).toBeNull()
    expect(rejected).toHaveLength(1)
    expect(warnings).toEqual([{ line: 4, column: 'Начислено', reason: expect.stringContaining('не сверен') }])
  })

  test('may be short where there are no sums', async () => {
    const lines = billingLines('accounts', [{}])
    const { refusal } = await read('accounts', [...lines.slice(0, -1), ['ИТОГО', '1', '']])
    expect(refusal).toBeNull()
  })

  test('is passed over where none is asked for', async () => {
    const lines = [...billingLines('charges', [{}], { 7: 'не сумма' })]
    const { refusal, rejected, accepted } = await read('charges', lines, { control: 'none' })
    expect({ refusal, rejected, rows: accepted.length }).toEqual({ refusal: null, rejected: [], rows: 1 })
  })
})
