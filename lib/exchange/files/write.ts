import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DBFFile } from 'dbffile'
import iconv from 'iconv-lite'
import writeExcelFile from 'write-excel-file/node'
import { disarmed } from '@/lib/units/sheet'
import type { Delimiter, Encoding, FileForm } from './source'

/** Characters of text encoded together. */
const PIECE = 64 * 1024

/** The bytes of a file as billing writes it: cp1251, CRLF, `;`. Cells that need quotes get them. */
export function writeLines(lines: readonly (readonly string[])[]): Buffer {
  const text = lines.map((cells) =>
    separated(
      cells.map((cell) => writable(cell, 'windows-1251')),
      ';',
    ),
  )
  return iconv.encode(text.join(''), 'windows-1251')
}

/**
 * A file of text cells in one of the forms we read. Text that a spreadsheet would take for a formula is disarmed.
 * CSV comes out piece by piece; XLSX and DBF are put together in memory, so they are for lists of some 100,000 rows.
 */
export async function* writeTable(
  { type, encoding, delimiter }: FileForm,
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const fitting = (cells: readonly string[]) => cells.map((cell) => safe(writable(cell, encoding)))
  async function* lines() {
    for await (const cells of rows) yield fitting(cells)
  }
  if (type === 'xlsx') yield await writeXlsx(fitting(heading), lines())
  else if (type === 'dbf') yield await writeDbf(fitting(heading), lines(), encoding)
  else yield* writeText(fitting(heading), lines(), encoding, delimiter)
}

async function* writeText(
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  encoding: Encoding,
  delimiter: Delimiter,
): AsyncGenerator<Buffer> {
  // Excel takes a file without the mark for cp1251.
  let text = (encoding.startsWith('utf') ? '\ufeff' : '') + separated(heading, delimiter)
  for await (const cells of rows) {
    text += separated(cells, delimiter)
    if (text.length < PIECE) continue
    yield iconv.encode(text, encoding)
    text = ''
  }
  yield iconv.encode(text, encoding)
}

function separated(cells: readonly string[], delimiter: Delimiter): string {
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
}

function quoted(cell: string, delimiter: Delimiter): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Numbers and telephones start with a sign and are no formulas. */
function safe(cell: string): string {
  return /^[+-]?[\d\s.,()-]*$/.test(cell) ? cell : disarmed(cell)
}

const REPLACED: Readonly<Record<string, string>> = {
  ...{ '₽': 'руб.', '№': 'N', '«': '"', '»': '"', '„': '"', '“': '"', '”': '"', '’': "'", '‘': "'" },
  ...{ '—': '-', '–': '-', '−': '-', '…': '...', '³': '3', '²': '2' },
  ...{ '\u00a0': ' ', '\u202f': ' ', '\u2009': ' ' },
}

/** Signs an encoding lacks are replaced by the nearest ones it has, others by a question mark. */
function writable(text: string, encoding: Encoding): string {
  const written = (signs: string) => iconv.decode(iconv.encode(signs, encoding), encoding)
  if (encoding.startsWith('utf') || written(text) === text) return text
  return [...text].map((sign) => (written(sign) === sign ? sign : (REPLACED[sign] ?? '?'))).join('')
}

async function writeXlsx(
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<Buffer> {
  const cell = (value: string) => ({ value, type: String })
  const bold = heading.map((value) => ({ ...cell(value), fontWeight: 'bold' as const }))
  const body: ReturnType<typeof cell>[][] = []
  for await (const cells of rows) body.push(cells.map(cell))
  return writeExcelFile([bold, ...body], { sheet: 'Лист1' }).toBuffer()
}

const LONGEST_FIELD = 254
const LONGEST_NAME = 10

async function writeDbf(
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  encoding: Encoding,
): Promise<Buffer> {
  const kept: string[][] = []
  const widths = heading.map(() => 1)
  for await (const cells of rows) {
    const texts = heading.map((_, place) =>
      cut((cells[place] ?? '').replace(/[\0\r\n]+/g, ' '), LONGEST_FIELD, encoding),
    )
    for (const [place, text] of texts.entries())
      widths[place] = Math.max(widths[place] ?? 1, iconv.encode(text, encoding).length)
    kept.push(texts)
  }
  const names = fieldNames(heading, encoding)
  const fields = names.map((name, place) => ({ name, type: 'C' as const, size: widths[place] ?? 1 }))
  // The library writes to a path and nowhere else.
  const folder = await mkdtemp(path.join(tmpdir(), 'kabinet-'))
  try {
    const file = path.join(folder, 'table.dbf')
    const dbf = await DBFFile.create(file, fields, { encoding })
    await dbf.appendRecords(
      kept.map((cells) => Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']))),
    )
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Names of at most ten bytes, no two the same. */
function fieldNames(heading: readonly string[], encoding: Encoding): string[] {
  const names: string[] = []
  for (const [place, title] of heading.entries()) {
    const name = cut(title, LONGEST_NAME, encoding) || `F${place + 1}`
    names.push(names.includes(name) ? `${cut(title, 6, encoding)}_${place + 1}` : name)
  }
  return names
}

/** As much of a text as so many bytes hold. */
function cut(text: string, bytes: number, encoding: Encoding): string {
  let part = text.slice(0, bytes)
  while (iconv.encode(part, encoding).length > bytes) part = part.slice(0, -1)
  return part.trim()
}
