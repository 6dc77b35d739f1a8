import { formatAmount, kopecks, parseKopecks } from '@/lib/units/money'
import type { Line } from './formats'
import type { Recognised } from './header'
import type { Layout, Numbered } from './layouts'
import type { Finding } from './schema'

const TOTAL = 'итого'

interface Sum {
  total: bigint
  unreadable: boolean
}

/** What reading a file found, besides its rows. */
export interface Findings {
  rows: number
  rejects: Finding[]
  warnings: Finding[]
  refusal: Finding | null
}

/**
 * Reads the lines of one file after its header, one by one: accepts or rejects each row by itself and, from the line
 * ИТОГО, the file as a whole. Pure but for its own tallies.
 */
export class FileReading<Row> {
  readonly findings: Findings = { rows: 0, rejects: [], warnings: [], refusal: null }
  private accepted: Numbered<Row>[] = []
  private readonly keys = new Set<string>()
  private readonly sums = new Map<string, Sum>()
  private lastLine = 1
  private ended = false

  constructor(
    private readonly layout: Layout<Row>,
    private readonly header: Recognised,
    private readonly width: number,
  ) {
    for (const field of layout.money) this.sums.set(field, { total: 0n, unreadable: false })
    for (const name of header.missing) this.refuse(1, name, 'В файле нет такого столбца')
    for (const name of header.doubled) this.refuse(1, name, 'Столбец повторяется')
    for (const name of header.unused) this.warn(1, name, 'Столбец не используется')
  }

  /** Takes the next line; does nothing once the file is refused. */
  take({ line, cells }: Line): void {
    if (this.findings.refusal) return
    this.lastLine = line
    if (this.ended) {
      this.refuse(line, '', 'После строки ИТОГО есть ещё строки')
    } else if (cells[0]?.toLowerCase() === TOTAL) {
      this.close(line, cells)
    } else if (cells.length !== this.width) {
      this.refuse(line, '', `Столбцов в строке ${cells.length}, а в заголовке ${this.width}`)
    } else {
      this.findings.rows += 1
      this.addSums(cells)
      this.readRow(line, cells)
    }
  }

  /** The rows accepted since the last call. */
  drain(): Numbered<Row>[] {
    const rows = this.accepted
    this.accepted = []
    return rows
  }

  get waiting(): number {
    return this.accepted.length
  }

  /** The file has ended. */
  finish(): Findings {
    const { rows, refusal } = this.findings
    if (!refusal && !this.ended) {
      this.refuse(this.lastLine, '', 'Нет последней строки ИТОГО: похоже, файл обрезан')
    } else if (!refusal && rows === 0) {
      this.refuse(this.lastLine, '', 'В файле нет ни одной строки')
    }
    return this.findings
  }

  /** The file breaks off, or no longer is separated text, at that line. */
  breakOff(line: number): void {
    this.refuse(line, '', 'Файл обрывается: кавычка открыта и не закрыта')
  }

  private readRow(line: number, cells: readonly string[]): void {
    const raw: Record<string, string> = {}
    for (const [field, position] of this.header.positions) raw[field] = cells[position] ?? ''
    const result = this.layout.schema.safeParse(raw)
    if (!result.success) {
      const issue = result.error.issues[0]
      this.reject(line, String(issue?.path[0] ?? ''), issue?.message ?? 'Строка не разобрана')
    } else if (this.keys.has(this.layout.key(result.data))) {
      this.reject(line, 'accountNumber', 'Такая строка в файле уже есть')
    } else {
      this.accept(line, result.data)
    }
  }

  private accept(line: number, row: Row): void {
    this.keys.add(this.layout.key(row))
    this.accepted.push({ line, row })
    const doubt = this.layout.doubt(row)
    if (doubt) this.warn(line, this.nameOf(doubt.field), doubt.reason)
  }

  private addSums(cells: readonly string[]): void {
    for (const [field, sum] of this.sums) {
      const amount = parseKopecks(cells[this.header.positions.get(field) ?? -1] ?? '')
      if (amount === undefined) sum.unreadable = true
      else sum.total += amount
    }
  }

  /** The control line: how many rows there should be, and what the money columns should add up to. */
  private close(line: number, cells: readonly string[]): void {
    this.ended = true
    const stated = cells[1] ?? ''
    if (!/^\d{1,9}$/.test(stated)) {
      this.refuse(line, '', 'В строке ИТОГО не указано число строк')
    } else if (Number(stated) !== this.findings.rows) {
      this.refuse(
        line,
        '',
        `В строке ИТОГО указано строк ${Number(stated)}, а в файле их ${this.findings.rows}`,
      )
    } else {
      for (const [field, sum] of this.sums) this.compareSum(line, field, sum, cells)
    }
  }

  private compareSum(line: number, field: string, sum: Sum, cells: readonly string[]): void {
    const position = this.header.positions.get(field) ?? -1
    const stated = parseKopecks(cells[position] ?? '')
    const name = this.nameOf(field)
    if (sum.unreadable) {
      this.warn(line, name, 'Итог столбца не сверен: в нём есть нечитаемые суммы')
    } else if (position < 2) {
      // The first two cells of the control line are taken, whatever columns stand there.
      this.warn(line, name, 'Итог столбца не сверен: на его месте число строк')
    } else if (stated === undefined) {
      this.refuse(line, name, 'В строке ИТОГО нет суммы этого столбца')
    } else if (stated !== sum.total) {
      const [expected, found] = [formatAmount(stated), formatAmount(kopecks(sum.total))]
      this.refuse(line, name, `Итог столбца не сходится: указано ${expected}, по строкам ${found}`)
    }
  }

  private nameOf(field: string): string {
    return this.layout.columns[field] ?? ''
  }

  private refuse(line: number, column: string, reason: string): void {
    this.findings.refusal ??= { line, column, reason }
  }

  private reject(line: number, field: string, reason: string): void {
    this.findings.rejects.push({ line, column: this.nameOf(field), reason })
  }

  private warn(line: number, column: string, reason: string): void {
    this.findings.warnings.push({ line, column, reason })
  }
}
