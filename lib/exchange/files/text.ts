import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { AT_ONCE, inBatches } from './batches'
import { BrokenFileError, type Delimiter, type Encoding, type FileSource, type Line } from './source'

/** Longest line, in characters; what is longer is no line but a quote that was never closed. */
const LONGEST_LINE = 1_000_000
/** Widest table. */
export const MOST_COLUMNS = 1_000
const TOO_LONG = 'Строка длиннее миллиона знаков: похоже, кавычка открыта и не закрыта'
const NOT_CLOSED = 'Файл обрывается: кавычка открыта и не закрыта'

/**
 * The lines of a separated text in batches, blank ones left out, cells trimmed and normalised (NFC). Memory does not
 * grow with the file. Up to the first quote a line is split at its delimiters, which takes a small part of the time of
 * the parser that goes on from there. @throws BrokenFileError for bytes the encoding does not know, NUL, a quoted cell
 * that never ends
 */
export async function* readText(
  source: FileSource,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<Line[]> {
  const pieces = decodeText(source, encoding)
  let line = 0
  let rest = ''
  for await (const piece of pieces) {
    if (piece.includes('"')) {
      yield* inBatches(parseQuoted(startingWith(rest + piece, pieces), delimiter, line))
      return
    }
    const texts = linesOf(rest + piece)
    rest = texts.pop() ?? ''
    if (piece.endsWith('\r')) rest = `${texts.pop() ?? ''}\r`
    if (rest.length > LONGEST_LINE) throw new BrokenFileError(line + 1, TOO_LONG)
    yield* batchesOf(texts, delimiter, line)
    line += texts.length
  }
  yield* batchesOf([rest.replace(/\r$/, '')], delimiter, line)
}

/** A piece of text cut at its line ends, however they are written. */
function linesOf(piece: string): string[] {
  return piece.includes('\r') ? piece.split(/\r\n|\n|\r/) : piece.split('\n')
}

/** The lines of a piece of text that is there as a whole. `before`: lines that came earlier. */
async function* batchesOf(
  texts: readonly string[],
  delimiter: Delimiter,
  before: number,
): AsyncGenerator<Line[]> {
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const batch: Line[] = []
    for (let place = from; place < Math.min(from + AT_ONCE, texts.length); place += 1) {
      const found = lineOf(before + place + 1, (texts[place] ?? '').split(delimiter))
      if (found) batch.push(found)
    }
    if (batch.length > 0) yield batch
    await setImmediate()
  }
}

/** Undefined for a blank line: spreadsheets save empty rows as mere delimiters. */
function lineOf(line: number, cells: string[]): Line | undefined {
  if (cells.length > MOST_COLUMNS) throw new BrokenFileError(line, `Столбцов больше ${MOST_COLUMNS}`)
  let blank = true
  for (let place = 0; place < cells.length; place += 1) {
    const cell = tidy(cells[place] ?? '')
    cells[place] = cell
    if (cell !== '') blank = false
  }
  return blank ? undefined : { line, cells }
}

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

/** The same from the first quote on. `before`: lines that came earlier. */
async function* parseQuoted(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
  before: number,
): AsyncGenerator<Line> {
  const input = Readable.from(pieces)
  let whole = before
  const parser = input.pipe(
    parse({
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: LONGEST_LINE,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (record: string[], { lines }) => {
        whole = before + lines
        return record
      },
    }),
  )
  input.on('error', (error) => parser.destroy(error))
  let line = before
  try {
    for await (const item of parser) {
      const record: string[] = item
      line += 1
      for (const cell of record) if (cell.includes('\n') || cell.includes('\r')) line += breaksIn(cell)
      const found = lineOf(line, record)
      if (found) yield found
    }
  } catch (error) {
    throw asBroken(error, whole + 1)
  } finally {
    parser.destroy()
    input.destroy()
  }
}

function asBroken(error: unknown, line: number): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new BrokenFileError(line, TOO_LONG)
  return String(error.code).startsWith('CSV_') ? new BrokenFileError(line, NOT_CLOSED) : error
}

/** Letters that NFC leaves as they are: Latin and Cyrillic ones and the signs between them. */
const COMPOSED = /^[\0-\u02ff\u0400-\u0482\u048a-\u052f]*$/

/** A cell as it is compared: without spaces around it, its letters composed. */
export function tidy(cell: string): string {
  const trimmed = cell.trim()
  return COMPOSED.test(trimmed) ? trimmed : trimmed.normalize('NFC')
}

const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1251': 'Windows-1251',
  cp866: 'CP866',
  'koi8-r': 'KOI8-R',
}

/** The text of a file, piece by piece. @throws BrokenFileError with the line where it cannot be decoded or has a NUL */
async function* decodeText(source: FileSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = encoding === 'utf-8' ? strictUtf8() : iconv.getDecoder(encoding)
  // UTF-8 is strict by itself, and in UTF-16 every pair of bytes means something.
  const forbidden = encoding.startsWith('utf') ? /\0/ : /[\0\ufffd]/
  let line = 1
  const checked = (text: string): string => {
    const bad = text.search(forbidden)
    line += breaksIn(bad < 0 ? text : text.slice(0, bad))
    if (bad < 0) return text
    throw new BrokenFileError(line, text[bad] === '\0' ? NUL : unreadable(encoding))
  }
  try {
    for await (const chunk of source.chunks()) yield checked(decoder.write(chunk))
    yield checked(decoder.end() ?? '')
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error
    throw new BrokenFileError(line + breaksIn(error.before), unreadable(encoding))
  }
  if (encoding.startsWith('utf-16') && source.size % 2 === 1)
    throw new BrokenFileError(line, 'Файл обрывается посреди знака')
}

const NUL = 'В файле нулевые байты: это не текстовая таблица'
const unreadable = (encoding: Encoding) => `Не читается в кодировке ${NAMES[encoding]}: выберите другую`

/** Bytes that are no UTF-8; `before`: the text of the same piece that came before them. */
class UndecodableError extends Error {
  constructor(readonly before: string) {
    super('not UTF-8')
  }
}

function strictUtf8() {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const strictly = (bytes: Buffer | undefined): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new UndecodableError((bytes?.toString('utf8') ?? '').split('\ufffd')[0] ?? '')
    }
  }
  return { write: strictly, end: () => strictly(undefined) }
}

function breaksIn(text: string): number {
  return linesOf(text).length - 1
}
