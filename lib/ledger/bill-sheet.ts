import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { fontFile } from './bill-font'

const A4 = { width: 595.28, height: 841.89 }
const MARGIN = 36
/** The breadth that is written on, and where it begins; points, as everything here. */
export const INNER = { left: MARGIN, width: A4.width - 2 * MARGIN }

const INK = '#16222c'
const SOFT = '#54636e'
const LINE = '#b9b2a4'
const LEADING = 1.32

/** How a text looks. */
export interface Look {
  size?: number
  bold?: boolean
  soft?: boolean
  align?: 'left' | 'right'
}

/** A text that stands beside others. */
export interface Cell extends Look {
  text: string
  x: number
  width: number
}

/** Sheets of A4 that text is put on from the top; when one is full, the next begins. */
export class Sheets {
  /** How far down the sheet is written. */
  y = MARGIN
  private readonly pdf: PDFKit.PDFDocument

  /** `made` is the only date in the file, so that the same content is the same bytes. */
  constructor(info: { title: string; author: string; made: Date }) {
    const { title, author, made } = info
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      lang: 'ru',
      displayTitle: true,
      // None yet: its own would be read from the disk and never used.
      font: '',
      info: { Title: title, Author: author, CreationDate: made, ModDate: made },
    })
  }

  /** Texts side by side; all of them on one sheet. `rule` draws a line beneath. */
  row(cells: readonly Cell[], { gap = 0, rule = false } = {}): void {
    const laid = cells.map((cell) => ({ cell, lines: this.wrap(cell) }))
    const height = Math.max(0, ...laid.map(({ cell, lines }) => lines.length * lineHeight(cell)))
    this.room(height + gap)
    for (const { cell, lines } of laid)
      for (const [place, line] of lines.entries()) this.line(cell, line, this.y + place * lineHeight(cell))
    this.y += height + gap
    if (rule) this.rule()
  }

  /** One text over the whole breadth. */
  text(text: string, look: Look & { gap?: number } = {}): void {
    this.row([{ ...look, text, x: INNER.left, width: INNER.width }], { gap: look.gap ?? 0 })
  }

  /** The head of a section, never the last thing on a sheet. */
  section(name: string): void {
    this.room(70)
    this.y += 7
    this.text(name, { size: 10.5, bold: true, gap: 2 })
    this.rule()
  }

  /** A line over the whole breadth, with a little room around it. */
  rule(): void {
    this.pdf
      .moveTo(INNER.left, this.y + 2)
      .lineTo(INNER.left + INNER.width, this.y + 2)
      .lineWidth(0.5)
      .stroke(LINE)
    this.y += 5
  }

  /** Begins a new sheet unless that much fits on this one. @returns whether it did */
  room(height: number): boolean {
    if (this.y + height <= A4.height - MARGIN) return false
    this.pdf.addPage()
    this.y = MARGIN
    return true
  }

  /** Dark squares of a QR code, its quiet zone included, as one shape; does not move down. */
  squares(dark: readonly (readonly boolean[])[], x: number, side: number): void {
    const size = side / dark.length
    for (const [row, cells] of dark.entries())
      for (const [column, isDark] of cells.entries())
        if (isDark) this.pdf.rect(x + column * size, this.y + row * size, size, size)
    this.pdf.fill('#000000')
  }

  /** The file. */
  async bytes(): Promise<Buffer> {
    const parts: Buffer[] = []
    this.pdf.on('data', (part: Buffer) => parts.push(part))
    const ended = new Promise((resolve) => this.pdf.once('end', resolve))
    this.pdf.end()
    await ended
    return Buffer.concat(parts)
  }

  private wrap({ text, width, ...look }: Cell): string[] {
    const lines: string[] = []
    let line = ''
    for (const word of printable(text)
      .split(' ')
      .flatMap((one) => this.fitting(one, width, look))) {
      const longer = line ? `${line} ${word}` : word
      if (line && this.width(longer, look) > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    return line ? [...lines, line] : lines
  }

  /** A word in pieces none of which is wider than that. */
  private fitting(word: string, width: number, look: Look): string[] {
    if (this.width(word, look) <= width) return [word]
    const pieces: string[] = []
    for (const letter of word) {
      const longer = `${pieces.at(-1) ?? ''}${letter}`
      if (pieces.length > 0 && this.width(longer, look) <= width) pieces[pieces.length - 1] = longer
      else pieces.push(letter)
    }
    return pieces
  }

  private width(text: string, look: Look): number {
    return runsOf(text).reduce((sum, run) => sum + this.font(run, look).widthOfString(run.text), 0)
  }

  private line(cell: Cell, line: string, y: number): void {
    let x = cell.align === 'right' ? cell.x + cell.width - this.width(line, cell) : cell.x
    for (const run of runsOf(line)) {
      const pdf = this.font(run, cell).fillColor(cell.soft ? SOFT : INK)
      pdf.text(run.text, x, y, { lineBreak: false })
      x += pdf.widthOfString(run.text)
    }
  }

  private font({ alphabet }: Run, { size = SIZE, bold }: Look): PDFKit.PDFDocument {
    const name = `${alphabet}-${bold ? 600 : 400}`
    this.pdf.registerFont(name, fontFile(name))
    return this.pdf.font(name).fontSize(size)
  }
}

/** Sheets after which the library runs as fast as it ever does. */
const SHEETS = 4

/** Lays out sheets that nobody sees: the library and its fonts are then loaded and warm before anybody waits for a bill. */
export async function prepareSheets(): Promise<void> {
  for (let sheet = 0; sheet < SHEETS; sheet += 1) {
    const sheets = new Sheets({ title: '', author: '', made: new Date(0) })
    for (let line = 0; line < 40; line += 1)
      sheets.text('Водоотведение — 12,9 м³ × 38,21 руб.', { bold: line % 2 === 0 })
    await sheets.bytes()
    await setImmediate()
  }
}

const SIZE = 8.5

function lineHeight({ size = SIZE }: Look): number {
  return size * LEADING
}

// The typeface comes in a file per alphabet: Russian letters stand in one, digits, Latin letters and signs in the other.
const CYRILLIC = /[\u0401-\u040C\u040E-\u044F\u0451-\u045C\u045E\u045F\u0490\u0491\u2116]/
const LATIN = /[ -~\u00A0-\u00FF\u2009\u2013\u2014\u2018-\u201A\u201C-\u201E\u2026\u2212]/

/** A stretch of text that one file of the typeface can write. */
interface Run {
  alphabet: 'cyrillic' | 'latin'
  text: string
}

function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (const sign of text) {
    const last = runs.at(-1)
    const alphabet = CYRILLIC.test(sign) ? 'cyrillic' : 'latin'
    // Both have the blank.
    if (last && (last.alphabet === alphabet || sign === ' ')) last.text += sign
    else runs.push({ alphabet, text: sign })
  }
  return runs
}

/** The text in signs the typeface has: other blanks and dashes become their likes, what it lacks a question mark. */
function printable(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/\u202F/g, '\u2009')
    .replace(/\u2192/g, '\u2013')
    .replace(/\u2011/g, '-')
  return [...plain].map((sign) => (CYRILLIC.test(sign) || LATIN.test(sign) ? sign : '?')).join('')
}
