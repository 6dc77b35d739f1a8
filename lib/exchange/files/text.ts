import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { AT_ONCE, inBatches } from './batches'
import {
  breaksIn,
  type CellText,
  cellLetters,
  decodeText,
  type Letters,
  linesIn,
  NUL,
  tidy,
  utf8Of,
} from './letters'
import { BrokenFileError, type Delimiter, type Encoding, type FileSource, type Line } from './source'

/** Longest line, in bytes; what is longer is no line but a quote that was never closed. */
const LONGEST_LINE = 1_000_000
/** Widest table. */
export const MOST_COLUMNS = 1_000
const TOO_LONG = 'Строка длиннее миллиона знаков: похоже, кавычка открыта и не закрыта'
const NOT_CLOSED = 'Файл обрывается: кавычка открыта и не закрыта'

/**
 * The lines of a separated text in batches, blank ones left out, cells trimmed and normalised (NFC). Memory does not
 * grow with the file. Up to the first quote a line is split at its delimiters, which takes a small part of the time of
 * the parser that goes on from there; and it is split before it is decoded, for delimiters and most cells are ASCII.
 * @throws BrokenFileError for bytes the encoding does not know, NUL, a quoted cell that never ends
 */
export async function* readText(
  source: FileSource,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<Line[]> {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const chunks = wide ? utf8Of(source, encoding) : source.chunks()
  const letters: Letters = wide ? 'utf-8' : encoding
  const split = new Splitting(delimiter, letters)
  for await (const chunk of chunks) {
    // Byte for byte: every byte is one character.
    const piece = split.rest + chunk.toString('latin1')
    if (piece.includes('"')) {
      const texts = decodeText(startingWith(Buffer.from(piece, 'latin1'), chunks), letters, split.line + 1)
      yield* inBatches(parseQuoted(texts, delimiter, split.line))
      return
    }
    yield* split.take(piece)
  }
  yield* split.end()
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}

/** Splits undecoded text that has no quotes. */
class Splitting {
  /** Lines that came. */
  line = 0
  /** The beginning of the next one. */
  rest = ''
  private readonly textOf: CellText

  constructor(
    private readonly delimiter: Delimiter,
    letters: Letters,
  ) {
    this.textOf = cellLetters(letters)
  }

  /** Takes the rest and what came after it. */
  async *take(piece: string): AsyncGenerator<Line[]> {
    const nul = piece.indexOf('\0')
    if (nul >= 0) throw new BrokenFileError(this.line + 1 + breaksIn(piece.slice(0, nul)), NUL)
    const texts = linesIn(piece)
    this.rest = texts.pop() ?? ''
    // What comes next may be the other half of the line's end.
    if (piece.endsWith('\r')) this.rest = `${texts.pop() ?? ''}\r`
    if (this.rest.length > LONGEST_LINE) throw new BrokenFileError(this.line + texts.length + 1, TOO_LONG)
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const batch = this.linesOf(texts.slice(from, from + AT_ONCE))
      if (batch.length > 0) yield batch
      await setImmediate()
    }
  }

  async *end(): AsyncGenerator<Line[]> {
    const batch = this.linesOf([this.rest.replace(/\r$/, '')])
    if (batch.length > 0) yield batch
  }

  private linesOf(texts: readonly string[]): Line[] {
    const lines: Line[] = []
    for (const text of texts) {
      this.line += 1
      const found = lineOf(this.line, text.split(this.delimiter), this.textOf)
      if (found) lines.push(found)
    }
    return lines
  }
}

/** Undefined for a blank line: spreadsheets save empty rows as mere delimiters. */
function lineOf(line: number, cells: string[], textOf: CellText): Line | undefined {
  if (cells.length > MOST_COLUMNS) throw new BrokenFileError(line, `Столбцов больше ${MOST_COLUMNS}`)
  let blank = true
  for (let place = 0; place < cells.length; place += 1) {
    const text = textOf(cells[place] ?? '', line)
    cells[place] = text
    if (text !== '') blank = false
  }
  return blank ? undefined : { line, cells }
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
      const found = lineOf(line, record, tidy)
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
