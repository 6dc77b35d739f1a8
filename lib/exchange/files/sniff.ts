import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { dbfHeader, dbfLetters } from './dbf'
import { isDecodable, rankEncodings, type Sample } from './encoding'
import { tidy } from './letters'
import {
  BrokenFileError,
  type Delimiter,
  delimiters,
  type Encoding,
  type FileForm,
  type FileType,
} from './source'

const LINES = 20
const OLD_XLS = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const ZIP = Buffer.from('PK\u0003\u0004')
const EMPTY_ZIP = Buffer.from('PK\u0005\u0006')

/** What the file is by its first bytes, whatever its name. @throws BrokenFileError for an XLS of the old kind */
export function fileTypeOf(head: Buffer): FileType {
  const mark = head.subarray(0, 4)
  if (mark.equals(OLD_XLS))
    throw new BrokenFileError(0, 'Это XLS старого вида или файл с паролем: сохраните его как XLSX или CSV')
  if (mark.equals(ZIP) || mark.equals(EMPTY_ZIP)) return 'xlsx'
  return dbfHeader(head) ? 'dbf' : 'csv'
}

/** What is known of a file beforehand. */
export interface Wanted {
  encoding: Encoding | 'auto'
  delimiter: Delimiter | 'auto'
}

/** The ways a file may have been written, the likeliest first; what is wanted is not doubted. */
export function likelyForms(type: FileType, sample: Sample, { encoding, delimiter }: Wanted): FileForm[] {
  if (type === 'xlsx') return [{ type, encoding: 'utf-8', delimiter: ';' }]
  const encodings = encoding === 'auto' ? likelyEncodings(type, sample) : [encoding]
  if (type === 'dbf') return encodings.map((name) => ({ type, encoding: name, delimiter: ';' }))
  return encodings.flatMap((name) => {
    const marks = delimiter === 'auto' ? rankDelimiters(sample.head, name) : [delimiter]
    return marks.map((mark) => ({ type, encoding: name, delimiter: mark }))
  })
}

function likelyEncodings(type: FileType, { head, telling }: Sample): Encoding[] {
  const header = type === 'dbf' ? dbfHeader(head) : undefined
  if (!header) {
    const ranked = rankEncodings(telling)
    const decodable = ranked.filter((encoding) => isDecodable(telling, encoding))
    return decodable.length > 0 ? decodable : ranked
  }
  const letters = dbfLetters(head, header)
  const silent = letters.every((byte) => byte < 0x80)
  const ranked = silent ? [] : rankEncodings(letters)
  return silent ? [header.encoding ?? 'cp866'] : ranked
}

/** The first rows of a text, up to 20; the last one may be cut off. */
export function firstRows(head: Buffer, { encoding, delimiter }: FileForm): string[][] {
  try {
    const rows: string[][] = parse(iconv.decode(head, encoding), {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: LINES,
    })
    return rows.map((cells) => cells.map(tidy)).filter((cells) => cells.some((cell) => cell !== ''))
  } catch {
    // A quote that is never closed; the reading of the whole file tells where.
    return []
  }
}

/** The delimiter that gives the most rows one and the same width, and a wide one. */
function rankDelimiters(head: Buffer, encoding: Encoding): Delimiter[] {
  const scored = delimiters.map((delimiter) => {
    const rows = firstRows(head, { type: 'csv', encoding, delimiter })
    const widths = rows.map((cells) => cells.length).filter((width) => width > 1)
    const usual = mostOften(widths)
    const share = rows.length === 0 ? 0 : widths.filter((width) => width === usual).length / rows.length
    return { delimiter, score: share * Math.min(usual, 10) }
  })
  return scored.toSorted((a, b) => b.score - a.score).map(({ delimiter }) => delimiter)
}

function mostOften(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 1
}
