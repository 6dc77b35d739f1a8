import { cellReaders } from './cells'
import { columnsHad } from './charge-columns'
import { ControlTotals } from './control'
import { formOf } from './detect'
import type { CellText } from './files/letters'
import { readLines } from './files/read'
import { BrokenFileError, type FileForm, type FileSource, type FileType, type Line } from './files/source'
import { columnName, matchHeading, withoutBlankEnd } from './header'
import { layouts } from './layouts'
import { PlainCharges, type Register } from './plain-charges'
import type { Profile } from './profile'
import { CellError } from './row-cells'
import { type Row, RowReading } from './row-schema'
import { doubtOf } from './rows-of-money'
import type { Finding } from './schema'

/** Most warnings kept; the count beside them is whole. */
const KEPT_WARNINGS = 300
const TOTAL = /^(?:итого|всего)[:.]?$/i

/** Rows of a file in the order they stand in, with the lines they stand on and their cells as written. */
export interface Batch {
  accepted: { line: number; row: Row; cells: string[] }[]
  /** Rows that were taken straight from the bytes, as COPY takes them. */
  copied: Buffer[]
  /** Columns of the staging table that rows of the file can have anything for; undefined where it may be any. */
  columns: readonly string[] | undefined
  /** `column` is the heading in the file; `reason` never quotes the cell. */
  rejected: { line: number; column: string; reason: string; cells: string[] }[]
  /** Of the whole file so far. */
  bytesRead: number
  rowsRead: number
}

/** What reading a file found, besides its rows. */
export interface Findings {
  rows: number
  /** Why nothing of the file can be loaded. */
  refusal: Finding | null
  /** The first ones. */
  warnings: Finding[]
  warningCount: number
  /** The names of the columns as they stand in the file; numbers where it has none. */
  heading: string[]
}

/**
 * Reads a file by its profile, some hundred rows at a time; memory does not grow with the file. What is wrong with
 * a row rejects it, what is wrong with the file refuses it, in the findings: nothing is thrown but what the source throws.
 * With a `register` rows of charges may be taken straight to what COPY takes; they come as `copied`.
 */
export async function* readFile(
  source: FileSource,
  profile: Profile,
  register?: Register,
): AsyncGenerator<Batch, Findings> {
  let bytesRead = 0
  const counted: FileSource = {
    size: source.size,
    async *chunks() {
      bytesRead = 0
      for await (const chunk of source.chunks()) {
        bytesRead += chunk.length
        yield chunk
      }
    },
  }
  let reading: FileReading | undefined
  try {
    const form = await formOf(source, profile)
    const taking = new FileReading(profile, form, register)
    reading = taking
    for await (const lines of readLines(counted, form, (textOf) => taking.taker(textOf))) {
      taking.settle()
      for (const line of lines) reading.take(line)
      if (reading.isRefused) break
      if (reading.hasRows) yield reading.drain(bytesRead)
    }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    reading ??= new FileReading(profile, { type: 'csv', encoding: 'utf-8', delimiter: ';' }, undefined)
    reading.settle()
    reading.refuse(error.line, '', error.reason)
  }
  if (reading.hasRows) yield reading.drain(bytesRead)
  return reading.finish()
}

/** Takes the lines of one file one by one: accepts or rejects each row by itself and, by its control line, the file as a whole. */
class FileReading {
  private readonly findings: Findings = { rows: 0, refusal: null, warnings: [], warningCount: 0, heading: [] }
  private accepted: Batch['accepted'] = []
  private rejected: Batch['rejected'] = []
  private rows: RowReading | undefined
  private totals: ControlTotals | undefined
  private linesOfHeader = 0
  private lastLine = 0
  private ended = false
  private positions: ReadonlyMap<string, number> = new Map()
  private plain: PlainCharges | undefined
  private copied: Buffer[] = []
  private columns: readonly string[] | undefined
  private readonly type: FileType

  constructor(
    private readonly profile: Profile,
    private readonly form: FileForm,
    private readonly register: Register | undefined,
  ) {
    this.type = form.type
  }

  get isRefused(): boolean {
    return this.findings.refusal !== null
  }

  /** Whether rows wait to be handed on. */
  get hasRows(): boolean {
    return this.accepted.length + this.rejected.length + this.copied.length > 0
  }

  drain(bytesRead: number): Batch {
    const batch = {
      accepted: this.accepted,
      copied: this.copied,
      columns: this.columns,
      rejected: this.rejected,
      bytesRead,
      rowsRead: this.findings.rows,
    }
    this.accepted = []
    this.copied = []
    this.rejected = []
    return batch
  }

  /** What may take the lines that come next; nothing before the heading and after the line ИТОГО. */
  taker(textOf: CellText): PlainCharges | undefined {
    const { register, positions } = this
    if (!register || !this.rows || this.ended || this.isRefused) return undefined
    const width = this.findings.heading.length
    this.plain ??= PlainCharges.of(this.profile, {
      positions,
      width,
      delimiter: this.form.delimiter,
      textOf,
      register,
    })
    return this.plain
  }

  /** Counts the rows that were taken meanwhile. */
  settle(): void {
    if (!this.plain) return
    const { rows, lastLine, sums } = this.plain.settle()
    if (rows === 0) return
    this.findings.rows += rows
    this.lastLine = lastLine
    this.totals?.addSums(sums)
    this.copied.push(...this.plain.drain())
  }

  /** After the line the file was refused at, none is taken. */
  take({ line, cells }: Line): void {
    if (this.isRefused) return
    this.lastLine = line
    if (!this.rows && this.takeHeading(line, cells)) return
    if (this.isRefused) return
    if (this.ended) this.refuse(line, '', 'После строки ИТОГО есть ещё строки')
    else if (TOTAL.test(cells[0] ?? '')) this.takeTotal(line, cells)
    else this.takeRow(line, cells)
  }

  /** The file has ended. */
  finish(): Findings {
    const { rows } = this.findings
    if (!this.rows) this.refuse(this.lastLine, '', this.lastLine ? 'В файле нет заголовка' : 'Файл пустой')
    // The header of a DBF counts its records.
    else if (this.profile.control === 'line' && this.type !== 'dbf' && !this.ended)
      this.refuse(this.lastLine, '', 'Нет последней строки ИТОГО: похоже, файл обрезан')
    else if (rows === 0) this.refuse(this.lastLine, '', 'В файле нет ни одной строки')
    return this.findings
  }

  /** The first reason stays. */
  refuse(line: number, column: string, reason: string): void {
    this.findings.refusal ??= { line, column, reason }
  }

  /** Whether the line belonged to the header. */
  private takeHeading(line: number, cells: readonly string[]): boolean {
    // A DBF names its columns itself.
    const headerLines = this.type === 'dbf' ? 1 : this.profile.headerLines
    this.linesOfHeader += 1
    if (this.linesOfHeader < headerLines) return true
    const heading = headerLines === 0 ? cells.map((_, place) => String(place + 1)) : withoutBlankEnd(cells)
    this.findings.heading = heading
    const { positions, missing, doubled, unused } = matchHeading(this.profile, heading)
    for (const name of missing) this.refuse(line, name, 'В файле нет такого столбца')
    for (const name of doubled) this.refuse(line, name, 'Столбец повторяется')
    for (const name of unused) this.warn(line, name, 'Столбец не используется')
    this.rows = new RowReading(this.profile, positions)
    this.positions = positions
    if (this.profile.kind === 'charges') this.columns = columnsHad(this.profile, positions)
    const money = layouts[this.profile.kind].money.flatMap((field) => {
      const place = positions.get(field)
      return place === undefined ? [] : [{ field, name: heading[place] ?? '', place }]
    })
    if (this.profile.control === 'line')
      this.totals = new ControlTotals(money, cellReaders(this.profile).money)
    return headerLines > 0
  }

  private takeTotal(line: number, cells: readonly string[]): void {
    // Files without a control line may still add themselves up.
    if (!this.totals) return
    this.ended = true
    const { refusal, warnings } = this.totals.compare(line, cells, this.findings.rows)
    if (refusal) this.refuse(refusal.line, refusal.column, refusal.reason)
    for (const warning of warnings) this.warn(warning.line, warning.column, warning.reason)
  }

  private takeRow(line: number, cells: string[]): void {
    const width = this.findings.heading.length
    if (cells.length !== width && this.isMisfit(cells, width)) {
      this.refuse(line, '', `Столбцов в строке ${cells.length}, а в заголовке ${width}`)
      return
    }
    this.findings.rows += 1
    this.readRow(line, cells)
  }

  /** Cells beyond the heading are nothing as long as they are blank; a table that is no text leaves blank ones out. */
  private isMisfit(cells: readonly string[], width: number): boolean {
    return cells.length < width ? this.type === 'csv' : cells.slice(width).some((cell) => cell !== '')
  }

  private readRow(line: number, cells: string[]): void {
    if (!this.rows) return
    try {
      const row = this.rows.read(cells)
      this.totals?.add(cells, row)
      this.accepted.push({ line, row, cells })
      const doubt = 'closing' in row ? doubtOf(row) : undefined
      if (doubt) this.warn(line, this.nameOf(doubt.field), doubt.reason)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.totals?.add(cells)
      this.rejected.push({ line, column: this.nameOf(error.field), reason: error.reason, cells })
    }
  }

  /** What the column of a field is called in the file, or would be. */
  private nameOf(field: string): string {
    return this.findings.heading[this.rows?.placeOf(field) ?? -1] ?? columnName(this.profile, field)
  }

  private warn(line: number, column: string, reason: string): void {
    this.findings.warningCount += 1
    if (this.findings.warnings.length < KEPT_WARNINGS) this.findings.warnings.push({ line, column, reason })
  }
}
