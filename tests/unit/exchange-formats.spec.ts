import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { detectFile } from '@/lib/exchange/detect'
import { isDecodable, rankEncodings } from '@/lib/exchange/files/encoding'
import {
  BrokenFileError,
  bufferSource,
  type Delimiter,
  type Encoding,
  encodings,
  type Line,
} from '@/lib/exchange/files/source'
import { readText } from '@/lib/exchange/files/text'
import { serviceSort } from '@/lib/exchange/rules'
import { textFile } from '../support/table-file'

async function lines(
  bytes: Buffer,
  form: { encoding?: Encoding; delimiter?: Delimiter } = {},
  chunk = bytes.length,
): Promise<Line[]> {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk)
  }
  const read: Line[] = []
  const source = { size: bytes.length, chunks }
  for await (const some of readText(source, { encoding: 'utf-8', delimiter: ';', ...form }))
    read.push(...some)
  return read
}
const cells = async (bytes: Buffer, form?: { encoding?: Encoding; delimiter?: Delimiter }) =>
  (await lines(bytes, form)).map((line) => line.cells)

const prose = 'Номер;Плательщик;Примечание\r\n0104523;Семёнова-Ёлкина Анна;оплачено за октябрь\r\n'

for (const encoding of encodings) {
  test(`Russian in ${encoding} is recognised without a heading we know`, async () => {
    const bytes = iconv.encode(prose, encoding)
    const detected = await detectFile(bufferSource(bytes))
    expect(detected).toMatchObject({
      type: 'csv',
      encoding,
      delimiter: ';',
      problem: null,
      profile: undefined,
    })
    expect(detected.rows).toEqual([
      ['Номер', 'Плательщик', 'Примечание'],
      ['0104523', 'Семёнова-Ёлкина Анна', 'оплачено за октябрь'],
    ])
  })
}

const short: readonly (readonly [text: string, encoding: Encoding])[] = [
  // Bytes that happen to be valid UTF-8: a Thai letter, a Latin one with a mark.
  ['аё«', 'windows-1251'],
  ['бё№', 'windows-1251'],
  ['№', 'utf-8'],
  ['Дом №7 «А» — 54 м²', 'utf-8'],
  ['Имя;Адрес', 'cp866'],
  ['Имя;Адрес', 'koi8-r'],
  ['ВСЕГО ПО УСЛУГЕ', 'koi8-r'],
  ['ВСЕГО ПО УСЛУГЕ', 'windows-1251'],
  ['Latin only', 'utf-8'],
]
for (const [text, encoding] of short) {
  test(`«${text}» in ${encoding} is recognised`, () => {
    expect(rankEncodings(iconv.encode(text, encoding))[0]).toBe(encoding)
  })
}

test('letters far from the beginning tell the encoding too', async () => {
  const bytes = Buffer.concat([Buffer.from('1;2\n'.repeat(60_000)), iconv.encode(prose, 'cp866')])
  expect(await detectFile(bufferSource(bytes))).toMatchObject({ encoding: 'cp866' })
})

test('an encoding is undecodable only where bytes mean nothing', () => {
  expect(isDecodable(Buffer.from([0x98]), 'windows-1251')).toBe(false)
  expect(isDecodable(Buffer.from('ё'), 'utf-8')).toBe(true)
  // A sample may be cut in the middle of a letter.
  expect(isDecodable(Buffer.from('ёё').subarray(0, 3), 'utf-8')).toBe(true)
})

for (const delimiter of [';', ',', '\t'] as const) {
  test(`${JSON.stringify(delimiter)} is told from the marks inside cells`, async () => {
    const table = [['Дом', 'Сумма, руб', 'a;b'], ...Array.from({ length: 5 }, () => ['1,5', '2;7', 'x, y'])]
    const bytes = textFile(table, { encoding: 'utf-8', delimiter })
    const detected = await detectFile(bufferSource(bytes))
    expect(detected).toMatchObject({ delimiter, rows: table })
  })
}

test('staff may know better', async () => {
  const bytes = iconv.encode(prose, 'windows-1251')
  const detected = await detectFile(bufferSource(bytes), { encoding: 'cp866', delimiter: ',' })
  expect(detected).toMatchObject({ encoding: 'cp866', delimiter: ',' })
  expect(detected.rows[0]).toHaveLength(1)
})

test('the preview has twenty rows at most', async () => {
  const { rows } = await detectFile(bufferSource(Buffer.from('a;b\n'.repeat(500))))
  expect(rows).toHaveLength(20)
})

test('letters survive wherever the bytes are cut into chunks', async () => {
  const bytes = Buffer.from('ё;№;яё\r\nа;б;"в\r\nг"\r\nконец;;')
  const whole = await lines(bytes)
  for (let chunk = 1; chunk < bytes.length; chunk += 1) expect(await lines(bytes, {}, chunk)).toEqual(whole)
})

for (const end of ['\n', '\r\n', '\r']) {
  test(`lines are numbered as an editor numbers them: ${JSON.stringify(end)}`, async () => {
    const text = ['a;b', '', '1;"две', 'строки"', 'конец;"в ""кавычках"""', '', 'x;y'].join(end)
    const expected = [
      { line: 1, cells: ['a', 'b'] },
      { line: 4, cells: ['1', `две${end}строки`] },
      { line: 5, cells: ['конец', 'в "кавычках"'] },
      { line: 7, cells: ['x', 'y'] },
    ]
    expect(await lines(Buffer.from(text))).toEqual(expected)
    expect(await lines(Buffer.from(text + end), {}, 3)).toEqual(expected)
  })
}

test('a quote inside a cell is a quote', async () => {
  expect(await cells(Buffer.from('1;ООО "Ромашка" и дочери\n'))).toEqual([['1', 'ООО "Ромашка" и дочери']])
})

const broken: readonly (readonly [
  name: string,
  bytes: Buffer,
  encoding: Encoding,
  line: number,
  reason: RegExp,
])[] = [
  ['an open quote', Buffer.from('a;b\n1;2\n1;"2\n3;4\n'), 'utf-8', 3, /кавычка/],
  ['cp1251 read as UTF-8', iconv.encode('a;b\n1;ёж\n', 'windows-1251'), 'utf-8', 2, /UTF-8/],
  ['a letter cut in two', Buffer.from('a\nё').subarray(0, 3), 'utf-8', 2, /UTF-8/],
  ['a byte cp1251 has not', Buffer.from([0x61, 0x0a, 0x0a, 0x98]), 'windows-1251', 3, /1251/],
  ['a NUL', Buffer.from('a\r\nb\r\n\0'), 'utf-8', 3, /нулевые/],
  ['half of a UTF-16 sign', Buffer.from('a\0\n\0b', 'latin1'), 'utf-16le', 2, /посреди знака/],
  ['an endless line', Buffer.alloc(1_100_000, 'a'), 'utf-8', 1, /миллиона/],
  ['an endless quoted cell', Buffer.from(`1\n"${'a\n'.repeat(600_000)}`), 'utf-8', 2, /миллиона/],
  ['too many columns', Buffer.from(`1\n${';'.repeat(1_000)}`), 'utf-8', 2, /Столбцов больше/],
]
for (const [name, bytes, encoding, line, reason] of broken) {
  test(`${name} breaks the file off at its line`, async () => {
    const error = await lines(bytes, { encoding }, 1_000_000).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(BrokenFileError)
    expect(error).toMatchObject({ line, reason: expect.stringMatching(reason) })
  })
}

for (const [name, bytes, problem] of [
  ['an old XLS', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /XLS старого вида/],
  ['half an XLSX', Buffer.from('PK\u0003\u0004 and no more'), /обрезан/],
] as const) {
  test(`${name} is named in the preview`, async () => {
    const detected = await detectFile(bufferSource(bytes))
    expect(detected).toMatchObject({ profile: undefined, rows: [], problem: expect.stringMatching(problem) })
  })
}

test('whatever the bytes, a file is looked at without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const { rows } = await detectFile(bufferSource(Buffer.from(bytes)))
      expect(rows.length).toBeLessThanOrEqual(20)
    }),
  )
})

test('a line reads the same split at its delimiters and by the parser of quotes', async () => {
  const alphabet = [..."абвё№«»ABC;'., -0123\t"]
  const cell = fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((signs) => signs.join(''))
  const row = fc.array(cell, { minLength: 2, maxLength: 4 })
  const end = fc.constantFrom('\n', '\r\n', '\r')
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 6 }), end, fc.nat(20), async (rows, mark, chunk) => {
      const plain = Buffer.from(rows.map((texts) => texts.join(';') + mark).join(''))
      const quoted = Buffer.concat([Buffer.from(`"начало"${mark}`), plain])
      const shifted = (await lines(plain, {}, chunk + 1)).map(({ line, cells: read }) => ({
        line: line + 1,
        cells: read,
      }))
      expect((await lines(quoted, {}, chunk + 1)).slice(1)).toEqual(shifted)
    }),
  )
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
