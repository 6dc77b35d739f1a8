import { sampleOf } from './files/encoding'
import { readLines } from './files/read'
import { fileTypeOf, likelyForms } from './files/sniff'
import { BrokenFileError, type Encoding, type FileForm, type FileSource, type Line } from './files/source'
import { folded } from './header'
import { gisReadings } from './profiles/others'
import { ownProfile } from './profiles/own'
import { MOST_SHEET_ROWS, type SheetRow } from './schema'

/** What a sheet of readings holds; `problem`: why it cannot be read, in words for staff, and then no row of it counts. */
export interface Sheet {
  rows: SheetRow[]
  problem: string | undefined
}

/** Lines above the rows in which names of columns are looked for: the template of GIS ЖКХ has three. */
const HEADING_LINES = 5
/** What is longer is no cell of such a sheet. */
const LONGEST_CELL = 60
const NO_COLUMNS =
  'Не нашли столбцов. Нужны: лицевой счёт, номер счётчика, показание и дата — по порядку или с названиями в первой строке.'
const TOO_MANY = `В таблице больше ${MOST_SHEET_ROWS} строк. Разделите её на части.`

/**
 * Reads a sheet of readings: CSV in any encoding, XLSX, DBF, or text copied out of a spreadsheet (`encoding` is known then).
 * Columns by their names, or without names in the order: account, serial, T1, T2, T3, day. Cells as they stand.
 */
export async function readSheet(source: FileSource, encoding: Encoding | 'auto' = 'auto'): Promise<Sheet> {
  try {
    const rows = await rowsOf(source, encoding)
    if (rows === undefined) return { rows: [], problem: NO_COLUMNS }
    if (rows.length > MOST_SHEET_ROWS) return { rows: [], problem: TOO_MANY }
    return { rows, problem: rows.length === 0 ? 'В таблице нет ни одной строки.' : undefined }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    const where = error.line > 0 ? `Строка ${error.line}. ` : ''
    return { rows: [], problem: `${where}${error.reason}.` }
  }
}

/** Undefined when no columns are found; one row over the most allowed at most. */
async function rowsOf(source: FileSource, encoding: Encoding | 'auto'): Promise<SheetRow[] | undefined> {
  const sample = await sampleOf(source)
  const [form] = likelyForms(fileTypeOf(sample.head), sample, { encoding, delimiter: 'auto' })
  if (!form) return undefined
  const rows: SheetRow[] = []
  const above: Line[] = []
  let columns: Columns | undefined
  for await (const line of linesOf(source, form)) {
    if (!columns) {
      columns = headingOf(line.cells) ?? (ACCOUNT.test(line.cells[0] ?? '') ? IN_ORDER : undefined)
      if (columns !== IN_ORDER) {
        if (!columns && above.push(line) === HEADING_LINES) return undefined
        continue
      }
      // Without a heading a line that is no row may be one that was spoilt: it must not vanish.
      rows.push(...above.map(rowInOrder))
    }
    rows.push(columns === IN_ORDER ? rowInOrder(line) : rowByName(line, columns))
    if (rows.length > MOST_SHEET_ROWS) break
  }
  return columns || above.length === 0 ? rows : undefined
}

async function* linesOf(source: FileSource, form: FileForm): AsyncGenerator<Line> {
  for await (const lines of readLines(source, form)) yield* lines
}

const ACCOUNT = /^[\d\s]{4,24}$/

/** Field → place of its column. */
type Columns = Readonly<Record<string, number>>
const IN_ORDER: Columns = {}

const NAMES = {
  accountNumber: ['№ ЛС', 'Л/с', 'Лицевой', 'Счёт', 'Номер счёта'],
  serial: ['Счётчик', '№ счётчика', 'Прибор учёта', 'ПУ', '№ ПУ'],
  t1: ['Показания', 'Показание', 'Показания T1'],
  t2: ['Показания T2'],
  t3: ['Показания T3'],
  takenOn: ['Дата', 'День снятия', 'Дата снятия'],
} as const

/** Every name a column may have, folded. */
const accepted = Object.entries(NAMES).map(([field, names]) => {
  const known = [ownProfile('readings'), gisReadings].flatMap(({ columns }) => {
    const column = columns[field]
    return Array.isArray(column) ? column : []
  })
  return [field, new Set([...names, ...known].map(folded))] as const
})

/** The columns of a heading; undefined when the line is none. */
function headingOf(cells: readonly string[]): Columns | undefined {
  const names = cells.map(folded)
  const found = accepted.flatMap(([field, known]) => {
    const place = names.findIndex((name) => known.has(name))
    return place < 0 ? [] : [[field, place] as const]
  })
  const columns = Object.fromEntries(found)
  return 'accountNumber' in columns && 'serial' in columns && 't1' in columns ? columns : undefined
}

function rowByName({ line, cells }: Line, columns: Columns): SheetRow {
  const cell = (field: string) => {
    const place = columns[field]
    return place === undefined ? '' : (cells[place] ?? '')
  }
  const values = [cell('t1'), cell('t2'), cell('t3')]
  return bounded({
    line,
    account: cell('accountNumber'),
    serial: cell('serial'),
    values,
    day: cell('takenOn'),
  })
}

/** The day is the cell that is one, wherever it stands after the serial. */
function rowInOrder({ line, cells }: Line): SheetRow {
  const [account = '', serial = '', ...rest] = cells
  const place = rest.findIndex((cell) => DAY.test(cell))
  const values = rest.filter((_, index) => index !== place)
  return bounded({ line, account, serial, values, day: place < 0 ? '' : (rest[place] ?? '') })
}

const DAY = /^(\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d)/

function bounded({ line, account, serial, values, day }: SheetRow): SheetRow {
  const cut = (cell: string) => cell.slice(0, LONGEST_CELL)
  const filled = values.slice(0, values.findLastIndex((value) => value !== '') + 1)
  return { line, account: cut(account), serial: cut(serial), values: filled.map(cut), day: cut(day) }
}
