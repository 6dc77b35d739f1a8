import { cellReaders, marksOf } from './cells'
import { fieldsHad } from './charge-columns'
import type { CellText } from './files/letters'
import type { Delimiter } from './files/source'
import type { LineTaker } from './files/text'
import { layouts } from './layouts'
import { PlainAccounts } from './plain-accounts'
import { CopyText, type Word, Words, wordOf } from './plain-cells'
import type { Profile } from './profile'
import type { TextHash } from './repeats'
import { CellError } from './row-cells'
import { chargeWords } from './rows-of-money'
import { copied } from './staging'

/** What rows belong to, as the database knows it, and what is noted of them. */
export interface Register {
  /** The ids of accounts by their numbers; those it does not know are left out. */
  accountsOf: (numbers: readonly string[]) => Promise<ReadonlyMap<string, number>>
  /** The id a service is staged by; undefined while it has none. */
  serviceOf: (name: string) => number | undefined
  /** Notes the key of a row, its month, the ids of its account and its service, and its sums in kopecks. */
  note: (
    key: readonly TextHash[],
    month: string,
    account: string,
    service: string,
    money: Float64Array,
  ) => void
}

/** Rows that were taken: how many, the last one's line, and their sums in kopecks by the place of the column. */
export interface Taken {
  rows: number
  lastLine: number
  sums: ReadonlyMap<number, number>
}

/** The form of a file, and where its rows go. */
export interface PlainForm {
  /** Field → place of its cell, from 0. */
  positions: ReadonlyMap<string, number>
  /** How many cells a line has. */
  width: number
  delimiter: Delimiter
  textOf: CellText
  register: Register
}

type WordField = keyof typeof chargeWords
const isWord = (field: string): field is WordField => field in chargeWords
const MONEY: readonly string[] = layouts.charges.money
/** How each counts in opening + charged + recalculated − benefit + penalty − paid − closing = 0. */
const SIGNS = [1, 1, 1, -1, 1, -1, -1]
const [TAB, FEED, SPACE, DELETE] = [9, 10, 32, 127]
const NULL = Buffer.from('\\N')
/** Of a sum the file does not know. */
const NOTHING = Buffer.from('0')
const NO_NUMBER = Buffer.from('\t\\N')

interface Column {
  place: number
  /** Writes the cell that lies there; false when it is not plain. */
  write: (bytes: Buffer, from: number, to: number) => boolean
}
/** What every row has. */
interface Constant {
  place?: undefined
  bytes: Buffer
}

/** Constants that stand side by side are written in one go. */
function joined(columns: readonly (Column | Constant)[]): (Column | Constant)[] {
  const all: (Column | Constant)[] = []
  for (const column of columns) {
    const before = all.at(-1)
    if (!before || before.place !== undefined || column.place !== undefined) all.push(column)
    else all.splice(-1, 1, { bytes: Buffer.concat([before.bytes, Buffer.of(TAB), column.bytes]) })
  }
  return all
}

/**
 * Takes the rows of a file of charges that are written plainly, as a rule nearly all of them, from the bytes they lie in
 * straight to what COPY takes: no text is made of a cell. A line with anything particular about it (an account or a
 * service not known, a number in another style, a row that is wrong or does not add up) is left to be read as the rows of
 * other files are. Both ways come to the same.
 */
export class PlainCharges implements LineTaker {
  private readonly text: CopyText
  private readonly readers: ReturnType<typeof cellReaders>
  private readonly cells: (Column | Constant)[]
  private readonly unused: number[]
  private readonly ends: Int32Array
  private readonly delimiter: number
  private readonly accounts: PlainAccounts
  private readonly money = new Float64Array(MONEY.length)
  private readonly spare = new Float64Array(1)
  private readonly sums = new Float64Array(MONEY.length)
  private service: Word | undefined
  private period: Word | undefined
  private readonly key: TextHash[] = []
  private line = 0
  private rows = 0
  private lastLine = 0

  /** The plain reader of such a file; undefined when its rows are to be read one by one. */
  static of(profile: Profile, form: PlainForm): PlainCharges | undefined {
    const { kind, constants } = profile
    const known = Object.keys(constants).every((field) => isWord(field) && !form.positions.has(field))
    // A line ИТОГО is known by its first cell.
    return kind === 'charges' && known && form.positions.get('accountNumber') === 0
      ? new PlainCharges(profile, form)
      : undefined
  }

  private constructor(
    private readonly profile: Profile,
    private readonly form: PlainForm,
  ) {
    const { positions, width, delimiter } = form
    this.text = new CopyText(marksOf(profile))
    this.readers = cellReaders(profile)
    this.cells = joined(fieldsHad(profile, positions).map((field) => this.columnOf(field)))
    const used = new Set(positions.values())
    this.unused = Array.from({ length: width }, (_, place) => place).filter((place) => !used.has(place))
    this.ends = new Int32Array(width)
    this.delimiter = delimiter.charCodeAt(0)
    this.accounts = new PlainAccounts(this.delimiter, (numbers) => form.register.accountsOf(numbers))
  }

  prepare(bytes: Buffer): Promise<void> {
    return this.accounts.prepare(bytes)
  }

  take(bytes: Buffer, from: number, to: number, line: number): boolean {
    if (!this.split(bytes, from, to)) return false
    const account = this.accounts.at(bytes, from, this.ends[0] ?? from)
    if (!account) return false
    const start = this.text.begin(4 * (to - from) + 1_000)
    if (this.write(bytes, from, line, account) && this.addsUp() && this.isReadable(bytes, line)) {
      this.keep(account, line)
      return true
    }
    this.text.cutTo(start)
    return false
  }

  /** What was taken since it was last asked. */
  settle(): Taken {
    const sums = new Map<number, number>()
    for (const [index, field] of MONEY.entries())
      sums.set(this.form.positions.get(field) ?? -1, this.sums[index] ?? 0)
    const taken = { rows: this.rows, lastLine: this.lastLine, sums }
    this.rows = 0
    this.sums.fill(0)
    return taken
  }

  /** The rows as COPY takes them, to be kept by whoever asks. */
  drain(): Buffer[] {
    return this.text.drain()
  }

  private columnOf(field: string): Column | Constant {
    const place = this.form.positions.get(field)
    if (isWord(field)) return this.wordColumn(field, place)
    const money = MONEY.indexOf(field)
    if (place === undefined) return money < 0 ? { bytes: NULL } : { bytes: NOTHING }
    if (money < 0 && field !== 'penaltyBase')
      return {
        place,
        write: (bytes, from, to) => (from === to ? this.null() : this.text.quantity(bytes, from, to)),
      }
    if (money < 0)
      return {
        place,
        write: (bytes, from, to) =>
          from === to ? this.null() : this.text.money(bytes, from, to, this.spare, 0),
      }
    return { place, write: (bytes, from, to) => this.text.money(bytes, from, to, this.money, money) }
  }

  private null(): true {
    this.text.copy(NULL)
    return true
  }

  private wordColumn(field: WordField, place: number | undefined): Column | Constant {
    const write = (word: Word | undefined) => {
      if (!word) return false
      if (field === 'service') this.service = word
      if (field === 'period') this.period = word
      this.text.copy(word.copied)
      return true
    }
    if (place === undefined) {
      const constant = this.profile.constants[field] ?? ''
      const word = this.wordOf(field, constant)
      if (word && field !== 'service' && field !== 'period') return { bytes: word.copied }
      return { place: 0, write: () => write(this.wordOf(field, constant)) }
    }
    const words = new Words((cell) => this.wordOf(field, this.form.textOf(cell, this.line)))
    return { place, write: (bytes, from, to) => write(words.find(bytes, from, to)) }
  }

  private wordOf(field: WordField, text: string): Word | undefined {
    try {
      const value = chargeWords[field]({ get: () => text, has: () => true, read: this.readers })
      if (field !== 'service') return wordOf(copied(value), String(value))
      const id = this.form.register.serviceOf(String(value))
      return id === undefined ? undefined : wordOf(String(id), String(value))
    } catch (error) {
      if (error instanceof CellError) return undefined
      throw error
    }
  }

  /** Finds where the cells of a line end; false when it has more or fewer than it should, or control characters. */
  private split(bytes: Buffer, from: number, to: number): boolean {
    const { ends, delimiter } = this
    let cells = 0
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === delimiter) {
        if (cells === ends.length) return false
        ends[cells] = at
        cells += 1
      } else if (byte < SPACE || byte === DELETE) return false
    }
    if (cells !== ends.length - 1) return false
    ends[cells] = to
    return true
  }

  private write(bytes: Buffer, from: number, line: number, account: Word): boolean {
    const { text, ends, cells } = this
    this.line = line
    text.whole(line)
    text.sign(TAB)
    text.copy(account.copied)
    text.copy(NO_NUMBER)
    for (let index = 0; index < cells.length; index += 1) {
      const column = cells[index]
      text.sign(TAB)
      if (!column) return false
      const { place } = column
      if (place === undefined) text.copy(column.bytes)
      else if (!column.write(bytes, (ends[place - 1] ?? from - 1) + 1, ends[place] ?? 0)) return false
    }
    text.sign(FEED)
    return true
  }

  /** As the ledger asks of a charge: then there is nothing to warn of. */
  private addsUp(): boolean {
    const { money } = this
    let left = 0
    for (let index = 0; index < SIGNS.length; index += 1) left += (SIGNS[index] ?? 0) * (money[index] ?? 0)
    return left === 0
  }

  /** @throws BrokenFileError when a cell nobody uses has bytes that mean nothing */
  private isReadable(bytes: Buffer, line: number): true {
    for (const place of this.unused) {
      this.form.textOf(bytes.toString('latin1', (this.ends[place - 1] ?? 0) + 1, this.ends[place]), line)
    }
    return true
  }

  private keep(account: Word, line: number): void {
    const { service, period, key } = this
    if (!service || !period) throw new Error('a row without its key')
    this.rows += 1
    this.lastLine = line
    for (let index = 0; index < this.sums.length; index += 1)
      this.sums[index] = (this.sums[index] ?? 0) + (this.money[index] ?? 0)
    key[0] = account.hash
    key[1] = period.hash
    key[2] = service.hash
    this.form.register.note(key, period.text, account.is, service.is, this.money)
  }
}
