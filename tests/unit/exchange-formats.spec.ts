import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { BrokenFileError, detectEncoding, type Line, readLines, writeLines } from '@/lib/exchange/formats'
import { recognise } from '@/lib/exchange/header'
import { layouts } from '@/lib/exchange/layouts'
import { serviceSort } from '@/lib/exchange/rules'

async function all(bytes: Buffer): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of readLines(bytes)) lines.push(line)
  return lines
}
const cells = async (bytes: Buffer) => (await all(bytes)).map((line) => line.cells)

const text = 'ЛС;ФИО\r\n0104523;Семёнова-Ёлкина №1 «А»\r\n'
const expected = [
  ['ЛС', 'ФИО'],
  ['0104523', 'Семёнова-Ёлкина №1 «А»'],
]

for (const [name, bytes, encoding] of [
  ['cp1251', iconv.encode(text, 'win1251'), 'windows-1251'],
  ['UTF-8', Buffer.from(text), 'utf-8'],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
] as const) {
  test(`a file in ${name} is read`, async () => {
    expect(detectEncoding(bytes)).toBe(encoding)
    expect(await cells(bytes)).toEqual(expected)
  })
}

test('letters survive wherever the bytes are cut into chunks', async () => {
  const long = `${'ё;'.repeat(200_000)}ё\r\n`
  const bytes = Buffer.from(`a${long}`)
  const [line] = await all(bytes)
  expect(line?.cells.filter((cell) => cell !== 'ё')).toEqual(['aё'])
})

test('lines are numbered as an editor numbers them', async () => {
  const bytes = Buffer.from('a;b\n\n1;"две\nстроки"\r\nконец;"в ""кавычках"""')
  expect(await all(bytes)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 4, cells: ['1', 'две\nстроки'] },
    { line: 5, cells: ['конец', 'в "кавычках"'] },
  ])
})

test('a quote inside a cell is a quote', async () => {
  expect(await cells(Buffer.from('1;ООО "Ромашка" и дочери\n'))).toEqual([['1', 'ООО "Ромашка" и дочери']])
})

test('a quoted cell that never ends breaks the file off', async () => {
  await expect(all(Buffer.from('a;b\n1;"2\n3;4\n'))).rejects.toBeInstanceOf(BrokenFileError)
})

test('what is written is read back', async () => {
  const alphabet = [...'абвё№«»ABC;"\'., -0123']
  const cell = fc
    .array(fc.constantFrom(...alphabet), { maxLength: 12 })
    .map((letters) => letters.join('').trim())
  const lines = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(lines, async (written) => {
      expect(await cells(writeLines(written))).toEqual(written)
    }),
  )
})

test.describe('the header', () => {
  const header = Object.values(layouts.charges.columns)

  test('tells the kind of each file', () => {
    for (const kind of ['accounts', 'meters', 'charges'] as const) {
      const found = recognise(Object.values(layouts[kind].columns), layouts)
      expect(found).toMatchObject({ kind, missing: [], doubled: [], unused: [] })
    }
  })

  test('may have its columns in any order, any case, with е for ё', () => {
    const found = recognise(
      header.toReversed().map((name) => name.toUpperCase().replaceAll('Ё', 'Е')),
      layouts,
    )
    expect(found).toMatchObject({ kind: 'charges', missing: [] })
    expect(found?.positions.get('closing')).toBe(0)
  })

  test('names missing, doubled and unused columns', () => {
    const found = recognise([...header.slice(1), 'Период', 'Примечание'], layouts)
    expect(found).toMatchObject({
      kind: 'charges',
      missing: ['ЛС'],
      doubled: ['Период'],
      unused: ['Примечание'],
    })
  })

  for (const other of [['Имя', 'Сумма'], ['ЛС'], ['PK\u0003\u0004'], ['ЛС', 'Период', 'Услуга']]) {
    test(`is not ours: ${other.join(';').length} characters`, () => {
      expect(recognise(other, layouts)).toBeUndefined()
    })
  }
})

test('services stand in the order of a bill, penalties last', () => {
  const names = ['Пени', 'Домофон', 'Наём', 'Отопление', 'Холодное водоснабжение', 'Электроснабжение (ночь)']
  expect(names.toSorted((a, b) => serviceSort(a) - serviceSort(b))).toEqual([
    'Холодное водоснабжение',
    'Отопление',
    'Электроснабжение (ночь)',
    'Наём',
    'Домофон',
    'Пени',
  ])
})
