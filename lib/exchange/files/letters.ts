import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { BrokenFileError, type Encoding, type FileSource } from './source'

/** Encodings in which the signs of ASCII are single bytes and no other letter has such a byte in it. */
export type Letters = Exclude<Encoding, 'utf-16le' | 'utf-16be'>

const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1251': 'Windows-1251',
  cp866: 'CP866',
  'koi8-r': 'KOI8-R',
}

export const NUL = 'В файле нулевые байты: это не текстовая таблица'
const unreadable = (encoding: Encoding) => `Не читается в кодировке ${NAMES[encoding]}: выберите другую`

/** Letters that NFC leaves as they are: Latin and Cyrillic ones and the signs between them. */
const COMPOSED = /^[\0-\u02ff\u0400-\u0482\u048a-\u052f]*$/

/** A cell as it is compared: without spaces around it, its letters composed. */
export function tidy(cell: string): string {
  const trimmed = cell.trim()
  return COMPOSED.test(trimmed) ? trimmed : trimmed.normalize('NFC')
}

const ASCII = /^[\0-\x7f]*$/
const REMEMBERED = 2_000

/** The text of a cell, decoded and tidied. @throws BrokenFileError with its line for bytes that mean nothing */
export type CellText = (cell: string, line: number) => string

/** Reads cells that are given byte for byte, a character for each. Words that come again and again are decoded once. */
export function cellLetters(encoding: Letters): CellText {
  const known = new Map<string, string>()
  return (cell, line) => {
    if (ASCII.test(cell)) return cell.trim()
    const before = known.get(cell)
    if (before !== undefined) return before
    const bytes = Buffer.from(cell, 'latin1')
    const text = decoded(bytes, encoding)
    if (text === undefined) throw new BrokenFileError(line, unreadable(encoding))
    const tidied = tidy(text)
    if (known.size >= REMEMBERED) known.clear()
    // Under a copy: the cell itself would keep the whole piece of the file it was cut from.
    known.set(bytes.toString('latin1'), tidied)
    return tidied
  }
}

function decoded(bytes: Buffer, encoding: Letters): string | undefined {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : undefined
  const text = iconv.decode(bytes, encoding)
  return text.includes('\ufffd') ? undefined : text
}

/** A piece of text cut at its line ends, however they are written. */
export function linesIn(piece: string): string[] {
  return piece.includes('\r') ? piece.split(/\r\n|\n|\r/) : piece.split('\n')
}

/** How many line ends a piece of text has. */
export function breaksIn(text: string): number {
  return linesIn(text).length - 1
}

/** The same file in UTF-8. @throws BrokenFileError when it ends in the middle of a sign */
export async function* utf8Of(
  source: FileSource,
  encoding: Exclude<Encoding, Letters>,
): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding)
  let line = 1
  for await (const chunk of source.chunks()) {
    const text = decoder.write(chunk)
    line += breaksIn(text)
    yield Buffer.from(text)
  }
  yield Buffer.from(decoder.end() ?? '')
  if (source.size % 2 === 1) throw new BrokenFileError(line, 'Файл обрывается посреди знака')
}

/**
 * The text of a file from a line on, piece by piece.
 * @throws BrokenFileError with the line where it cannot be decoded or has a NUL
 */
export async function* decodeText(
  chunks: AsyncIterable<Buffer>,
  encoding: Letters,
  line: number,
): AsyncGenerator<string> {
  const decoder = encoding === 'utf-8' ? strictUtf8() : iconv.getDecoder(encoding)
  const forbidden = encoding === 'utf-8' ? /\0/ : /[\0\ufffd]/
  let current = line
  const checked = (text: string): string => {
    const bad = text.search(forbidden)
    current += breaksIn(bad < 0 ? text : text.slice(0, bad))
    if (bad < 0) return text
    throw new BrokenFileError(current, text[bad] === '\0' ? NUL : unreadable(encoding))
  }
  try {
    for await (const chunk of chunks) yield checked(decoder.write(chunk))
    yield checked(decoder.end() ?? '')
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error
    throw new BrokenFileError(current + breaksIn(error.before), unreadable(encoding))
  }
}

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
