import { expect, test } from '@playwright/test'
import iconv from 'iconv-lite'
import { AT_ONCE, inBatches } from '@/lib/exchange/files/batches'
import { BrokenFileError, encodings, type FileSource, type Line } from '@/lib/exchange/files/source'
import { readText } from '@/lib/exchange/files/text'

async function* linesUpTo(last: number): AsyncGenerator<Line> {
  for (let line = 1; line <= last; line += 1) yield { line, cells: ['а'] }
  throw new BrokenFileError(last + 1, 'дальше не читается')
}

/** Cut in the middle of lines, signs and line ends. */
function inPieces(bytes: Buffer): FileSource {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += 997) yield bytes.subarray(from, from + 997)
  }
  return { size: bytes.length, chunks }
}

test('lines before a broken one are handed on before it is told', async () => {
  const batches: number[] = []
  const reading = async () => {
    for await (const batch of inBatches(linesUpTo(AT_ONCE + 7))) batches.push(batch.length)
  }
  await expect(reading()).rejects.toMatchObject({ line: AT_ONCE + 8 })
  expect(batches).toEqual([AT_ONCE, 7])
})

for (const encoding of encodings) {
  test(`a text in ${encoding} is the same with a quote somewhere and without one`, async () => {
    const lines = Array.from({ length: 3 * AT_ONCE }, (_, place) => [
      String(place),
      `Услуга ${place % 7}`,
      '',
    ])
    const plain = lines.map((cells) => cells.join(';')).join('\r\n')
    for (const text of [plain, `${plain}\r\n"в кавычках";;`]) {
      const read: string[][] = []
      const source = inPieces(iconv.encode(text, encoding))
      for await (const batch of readText(source, { encoding, delimiter: ';' }))
        read.push(...batch.map(({ cells }) => cells))
      expect(read.slice(0, lines.length)).toEqual(lines)
    }
  })
}

test('bytes that mean nothing are told with their very line, wherever the file is cut into pieces', async () => {
  const good = iconv.encode('1;Отопление\n'.repeat(5_000), 'windows-1251')
  const source = inPieces(Buffer.concat([good, Buffer.from([0x31, 0x3b, 0x98, 0x0a]), good]))
  const reading = async () => {
    for await (const _ of readText(source, { encoding: 'windows-1251', delimiter: ';' }));
  }
  await expect(reading()).rejects.toMatchObject({ line: 5_001 })
})
