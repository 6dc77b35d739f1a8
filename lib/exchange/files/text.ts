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

/** Takes lines as they lie in the file, byte for byte, where they are written plainly. */
export interface LineTaker {
  /** To be awaited before lines of those bytes are taken; a line begins with the first. */
  prepare: (bytes: Buffer) => Promise<void>
  /** Whether it took the line between those places, its end left out; then nobody else gets it. */
  take: (bytes: Buffer, from: number, to: number, line: number) => boolean
}

/**
 * The lines of a separated text in batches, blank ones left out, cells trimmed and normalised (NFC). Memory does not
 * grow with the file. Up to the first quote a line is split at its delimiters, which takes a small part of the time of
 * the parser that goes on from there; and it is split before it is decoded, for delimiters and most cells are ASCII.
 * `taker`, asked anew for every batch, may take lines before all that: never one that stands after another of its batch.
 * @throws BrokenFileError for bytes the encoding does not know, NUL, a quoted cell that never ends
 */
export async function* readText(
  source: FileSource,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
  taker: (textOf: CellText) => LineTaker | undefined = () => undefined,
): AsyncGenerator<Line[]> {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const chunks = wide ? utf8Of(source, encoding) : source.chunks()
  const letters: Letters = wide ? 'utf-8' : encoding
  const split = new Splitting(delimiter, cellLetters(letters), taker)
  for await (const chunk of chunks) {
    split.held.add(chunk)
    if (chunk.includes(QUOTE)) {
      const texts = decodeText(startingWith(split.held.bytes, chunks), letters, split.line + 1)
      yield* inBatches(parseQuoted(texts, delimiter, split.line))
      return
    }
    if (split.held.bytes.length >= ENOUGH) yield* split.take()
  }
  yield* split.take()
  yield* split.end()
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}

const [LF, CR, QUOTE] = [10, 13, 34]
/** Lines of a batch nobody took: few, for none that come after them in it are taken. */
const LEFT_AT_ONCE = 64

/** Bytes split together. */
const ENOUGH = 512 * 1024

/** Bytes that wait, always in the same memory: fresh memory for each piece keeps the collector busy. */
class Held {
  private memory = Buffer.alloc(2 * ENOUGH)
  private length = 0

  /** They lie there until the next change. */
  get bytes(): Buffer {
    return this.memory.subarray(0, this.length)
  }

  add(piece: Buffer): void {
    const length = this.length + piece.length
    if (length > this.memory.length) this.memory = Buffer.concat([this.bytes], 2 * length)
    piece.copy(this.memory, this.length)
    this.length = length
  }

  /** Forgets the first ones. */
  drop(count: number): void {
    this.memory.copyWithin(0, count, this.length)
    this.length -= count
  }
}

/** Splits undecoded text that has no quotes. */
class Splitting {
  /** Lines that came. */
  line = 0
  /** What came after them. */
  readonly held = new Held()
  private lines: Line[] = []
  private prepared: LineTaker | undefined

  constructor(
    private readonly delimiter: Delimiter,
    private readonly textOf: CellText,
    private readonly takerOf: (textOf: CellText) => LineTaker | undefined,
  ) {}

  /** Takes the whole lines of what is held. */
  async *take(): AsyncGenerator<Line[]> {
    const piece = this.held.bytes
    const nul = piece.indexOf(0)
    if (nul >= 0) throw new BrokenFileError(this.line + 1 + breaksIn(piece.toString('latin1', 0, nul)), NUL)
    // A CR at the very end may be half of a line's end.
    const end = Math.max(piece.lastIndexOf(LF), piece.lastIndexOf(CR, -2)) + 1
    this.prepared = undefined
    for (let from = 0; from < end; ) {
      from = await this.takeBatch(piece, from, end)
      yield this.drain()
      await setImmediate()
    }
    this.held.drop(end)
    if (this.held.bytes.length > LONGEST_LINE) throw new BrokenFileError(this.line + 1, TOO_LONG)
  }

  async *end(): AsyncGenerator<Line[]> {
    this.read(this.held.bytes.toString('latin1').replace(/\r$/, ''))
    yield this.drain()
  }

  private drain(): Line[] {
    const { lines } = this
    this.lines = []
    return lines
  }

  /** Takes lines from a place on; returns where it stopped. */
  private async takeBatch(piece: Buffer, start: number, end: number): Promise<number> {
    const taker = this.takerOf(this.textOf)
    if (taker !== this.prepared) await taker?.prepare(piece.subarray(start, end))
    this.prepared = taker
    // The first line by itself: it tells what comes.
    const enough = this.line === 0 ? 1 : taker ? LEFT_AT_ONCE : AT_ONCE
    let from = start
    while (from < end && this.lines.length < enough) {
      const feed = piece.indexOf(LF, from)
      const next = feed < 0 ? end : feed + 1
      let to = feed < 0 ? end : feed
      if (to > from && piece[to - 1] === CR) to -= 1
      if (this.lines.length === 0 && taker?.take(piece, from, to, this.line + 1)) this.line += 1
      else this.read(piece.toString('latin1', from, to))
      from = next
    }
    return from
  }

  /** Reads undecoded text, byte for byte a character: a line, or several that end with CR. */
  private read(text: string): void {
    for (const line of linesIn(text)) {
      this.line += 1
      const found = lineOf(this.line, line.split(this.delimiter), this.textOf)
      if (found) this.lines.push(found)
    }
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
