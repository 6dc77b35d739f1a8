import { addDays, day } from '@/lib/units/day'
import { roundedDecimal } from './decimal'
import { tidy } from './letters'
import { BrokenFileError, type FileSource, type Line } from './source'
import { MOST_COLUMNS } from './text'
import { attribute, type Element, elements, nextElement, unescaped, wholeText } from './xml'
import { SAVE_AS_CSV, Zip } from './zip'

/** Characters of texts that cells share, all together. */
const LONGEST_SHARED = 50_000_000
const NO_SHEET = 'В файле нет ни одного листа с таблицей'
/** What stands in a cell whose formula has no value. */
const NO_VALUE = '#N/A'

/** What it takes to read the cells of a sheet. */
interface Book {
  sheet: string
  shared: readonly string[]
  /** Of every cell style, whether its numbers are days. */
  dates: readonly boolean[]
  /** Days counted from 1904, as some Macs did. */
  from1904: boolean
}

/**
 * The rows of the first visible sheet as text: numbers as plain decimals, days as YYYY-MM-DD, formulas as the value
 * stored with them. Row by row: the sheet is never in memory as a whole, which is why no library reads it.
 * @throws BrokenFileError
 */
export async function* readXlsx(source: FileSource): AsyncGenerator<Line> {
  const zip = await Zip.open(source)
  const book = await openBook(zip)
  let line = 0
  for await (const { attributes, inner } of elements(zip.text(book.sheet), 'row')) {
    const number = Number(attribute(attributes, 'r') ?? line + 1)
    if (!(number > line)) throw new BrokenFileError(line, 'Строки листа стоят не по порядку')
    line = number
    const cells = cellsOf(inner, book, line)
    if (cells.some((cell) => cell !== '')) yield { line, cells }
  }
}

async function openBook(zip: Zip): Promise<Book> {
  const workbookPath = await targetsIn(zip, '_rels/.rels').then(
    (targets) => targets.find(({ type }) => type.endsWith('/officeDocument'))?.path ?? 'xl/workbook.xml',
  )
  if (!zip.has(workbookPath)) throw new BrokenFileError(0, 'Это архив, но не таблица XLSX')
  const workbook = await wholeText(zip.text(workbookPath))
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const rels = `${folder}_rels/${workbookPath.slice(folder.length)}.rels`
  const targets = await targetsIn(zip, rels, folder)
  const pathOf = (kind: string) => targets.find(({ type }) => type.endsWith(`/${kind}`))?.path
  const visible = allOf(workbook, 'sheet').find(
    ({ attributes }) => !/hidden/i.test(attribute(attributes, 'state') ?? ''),
  )
  const sheet = targets.find(({ id }) => visible && id === attribute(visible.attributes, 'id'))?.path
  if (!sheet || !zip.has(sheet)) throw new BrokenFileError(0, NO_SHEET)
  const properties = nextElement(workbook, 'workbookPr', 0)?.attributes ?? ''
  return {
    sheet,
    shared: await sharedStrings(zip, pathOf('sharedStrings')),
    dates: await dateStyles(zip, pathOf('styles')),
    from1904: /^(?:1|true)$/.test(attribute(properties, 'date1904') ?? ''),
  }
}

async function targetsIn(
  zip: Zip,
  rels: string,
  folder = '',
): Promise<{ id: string; type: string; path: string }[]> {
  if (!zip.has(rels)) return []
  return allOf(await wholeText(zip.text(rels)), 'Relationship').map(({ attributes }) => {
    const target = attribute(attributes, 'Target') ?? ''
    return {
      id: attribute(attributes, 'Id') ?? '',
      type: attribute(attributes, 'Type') ?? '',
      path: target.startsWith('/') ? target.slice(1) : `${folder}${target.replace(/^\.\//, '')}`,
    }
  })
}

function allOf(text: string, name: string): Element[] {
  const found: Element[] = []
  for (let next = nextElement(text, name, 0); next; next = nextElement(text, name, next.end)) found.push(next)
  return found
}

async function sharedStrings(zip: Zip, path: string | undefined): Promise<string[]> {
  if (!path || !zip.has(path)) return []
  const shared: string[] = []
  let length = 0
  for await (const { inner } of elements(zip.text(path), 'si')) {
    const text = textIn(inner)
    length += text.length
    if (length > LONGEST_SHARED) throw new BrokenFileError(0, SAVE_AS_CSV)
    shared.push(text)
  }
  return shared
}

/** The runs of a text without their looks; readings of Japanese signs are no part of it. */
function textIn(inner: string): string {
  const runs = inner.includes('rPh') ? inner.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '') : inner
  const text = allOf(runs, 't')
    .map((run) => unescaped(run.inner))
    .join('')
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    code === '0000' ? '' : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Formats Excel itself knows as days and times, by their numbers. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

async function dateStyles(zip: Zip, path: string | undefined): Promise<boolean[]> {
  if (!path || !zip.has(path)) return []
  const styles = await wholeText(zip.text(path))
  const own = new Map(
    allOf(styles, 'numFmt').map(({ attributes }) => [
      Number(attribute(attributes, 'numFmtId')),
      // Signs in quotes, in brackets or after a backslash are printed as they are.
      /[ymdhs]/i.test((attribute(attributes, 'formatCode') ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '')),
    ]),
  )
  const formats = nextElement(styles, 'cellXfs', 0)?.inner ?? ''
  return allOf(formats, 'xf').map(({ attributes }) => {
    const id = Number(attribute(attributes, 'numFmtId') ?? 0)
    return own.get(id) ?? isBuiltInDate(id)
  })
}

function cellsOf(row: string, book: Book, line: number): string[] {
  const cells: string[] = []
  for (let next = nextElement(row, 'c', 0); next; next = nextElement(row, 'c', next.end)) {
    const place = placeOf(attribute(next.attributes, 'r')) ?? cells.length
    if (place >= MOST_COLUMNS) throw new BrokenFileError(line, `Столбцов больше ${MOST_COLUMNS}`)
    while (cells.length < place) cells.push('')
    cells[place] = tidy(cellText(next, book, line))
  }
  return cells
}

/** `C7` → 2. */
function placeOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (!letters) return undefined
  let place = 0
  for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64
  return place - 1
}

function cellText({ attributes, inner }: Element, book: Book, line: number): string {
  const type = attribute(attributes, 't') ?? 'n'
  if (type === 'inlineStr') return textIn(inner)
  const value = nextElement(inner, 'v', 0)?.inner
  if (value === undefined) return nextElement(inner, 'f', 0) ? NO_VALUE : ''
  if (type === 's') {
    const text = book.shared[Number(value)]
    if (text === undefined)
      throw new BrokenFileError(line, 'Файл повреждён: нет текста, на который ссылается ячейка')
    return text
  }
  if (type !== 'n') return unescaped(value)
  const isDate = book.dates[Number(attribute(attributes, 's') ?? -1)]
  return isDate ? dateOf(value, book.from1904) : roundedDecimal(value)
}

function dateOf(value: string, from1904: boolean): string {
  const serial = Number(value)
  if (!(serial >= 1 && serial < 100_000)) return roundedDecimal(value)
  return addDays(day(from1904 ? '1904-01-01' : '1899-12-30'), Math.floor(serial))
}
