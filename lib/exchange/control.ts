import { formatAmount, kopecks } from '@/lib/units/money'
import type { CellReaders } from './cells'
import type { Row } from './row-schema'
import type { Finding } from './schema'

interface Sum {
  total: bigint
  unreadable: boolean
}

/** A column whose sum stands in the control line. */
export interface MoneyColumn {
  field: string
  name: string
  /** Place of its cell, from 0. */
  place: number
}

/** Adds up the money columns of a file and compares them with its control line «ИТОГО; number of rows; … sums». */
export class ControlTotals {
  private readonly sums: readonly Sum[]

  constructor(
    private readonly columns: readonly MoneyColumn[],
    private readonly money: CellReaders['money'],
  ) {
    this.sums = columns.map(() => ({ total: 0n, unreadable: false }))
  }

  /** Takes a row that was read, or the cells of one that was rejected. */
  add(cells: readonly string[], row?: Row): void {
    for (const [index, { field, place }] of this.columns.entries()) {
      const sum = this.sums[index]
      const amount: unknown = row ? Reflect.get(row, field) : this.money(cells[place] ?? '')
      if (!sum) continue
      if (typeof amount === 'bigint') sum.total += amount
      else sum.unreadable = true
    }
  }

  /** Takes the sums of several rows, in kopecks by the place of the column. */
  addSums(sums: ReadonlyMap<number, number>): void {
    for (const [index, { place }] of this.columns.entries()) {
      const sum = this.sums[index]
      if (sum) sum.total += BigInt(sums.get(place) ?? 0)
    }
  }

  /** What is wrong with the control line; `refusal` when the file is not what was written. */
  compare(
    line: number,
    cells: readonly string[],
    rows: number,
  ): { refusal: Finding | null; warnings: Finding[] } {
    const stated = cells[1] ?? ''
    const refuse = (reason: string) => ({ refusal: { line, column: '', reason }, warnings: [] })
    if (!/^\d{1,9}$/.test(stated)) return refuse('В строке ИТОГО не указано число строк')
    if (Number(stated) !== rows)
      return refuse(`В строке ИТОГО указано строк ${Number(stated)}, а в файле их ${rows}`)
    const warnings: Finding[] = []
    for (const [index, column] of this.columns.entries()) {
      const { refusal, warning } = this.compareSum(column, cells[column.place] ?? '', this.sums[index])
      if (refusal) return { refusal: { line, column: column.name, reason: refusal }, warnings }
      if (warning) warnings.push({ line, column: column.name, reason: warning })
    }
    return { refusal: null, warnings }
  }

  private compareSum(
    { place }: MoneyColumn,
    cell: string,
    sum: Sum | undefined,
  ): { refusal?: string; warning?: string } {
    const stated = this.money(cell)
    if (!sum || sum.unreadable) return { warning: 'Итог столбца не сверен: в нём есть нечитаемые суммы' }
    // The first two cells of the control line are taken, whatever columns stand there.
    if (place < 2) return { warning: 'Итог столбца не сверен: на его месте число строк' }
    if (stated === undefined) return { refusal: 'В строке ИТОГО нет суммы этого столбца' }
    if (stated === sum.total) return {}
    const [expected, found] = [formatAmount(stated), formatAmount(kopecks(sum.total))]
    return { refusal: `Итог столбца не сходится: указано ${expected}, по строкам ${found}` }
  }
}
