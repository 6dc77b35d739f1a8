import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { z } from 'zod'

/** One line of a file: its number as an editor shows it (of its last line, if a quoted cell spans several). */
export interface Line {
  line: number
  cells: string[]
}

export type Encoding = 'utf-8' | 'windows-1251'

/** The file is no ;-separated text from some line on. */
export class BrokenFileError extends Error {
  constructor(readonly line: number) {
    super('the file breaks off or is not separated text')
  }
}

const CHUNK_BYTES = 256 * 1024
const BREATH = 2_000
const parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })

/** UTF-8 when the bytes are valid UTF-8 (with or without a byte order mark), else cp1251, what billing writes. */
export function detectEncoding(bytes: Buffer): Encoding {
  return isUtf8(bytes) ? 'utf-8' : 'windows-1251'
}

/**
 * The lines of a ;-separated file, blank ones left out, cells trimmed and normalised (NFC). Lets other requests
 * run in between. @throws BrokenFileError with the line where a quoted cell never ends
 */
export async function* readLines(bytes: Buffer): AsyncGenerator<Line> {
  const parser = Readable.from(decode(bytes)).pipe(
    parse({
      delimiter: ';',
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    }),
  )
  let count = 0
  try {
    for await (const item of parser) {
      const { record, info } = parsed.parse(item)
      yield { line: info.lines, cells: record.map(tidy) }
      count += 1
      if (count % BREATH === 0) await setImmediate()
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new BrokenFileError(parser.info.lines)
    }
    throw error
  } finally {
    parser.destroy()
  }
}

function* decode(bytes: Buffer): Generator<string> {
  const decoder = iconv.getDecoder(detectEncoding(bytes))
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield decoder.write(bytes.subarray(start, start + CHUNK_BYTES))
  }
  const rest = decoder.end()
  if (rest) yield rest
}

function tidy(cell: string): string {
  return cell.trim().normalize('NFC')
}

/** The bytes of a file as billing writes it: cp1251, CRLF, `;`. Cells that need quotes get them. */
export function writeLines(lines: readonly (readonly string[])[]): Buffer {
  const text = lines.map((cells) => `${cells.map(quoted).join(';')}\r\n`).join('')
  return iconv.encode(text, 'windows-1251')
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
