import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { z } from 'zod'
import type { Reader } from '@/db/client'
import { Repeats } from './repeats'
import type { Cell, Numbered, StagingShape } from './staging'

const found = z.array(z.object({ id: z.coerce.number(), number: z.string() }))
const REMEMBERED = 20_000
/** Rows whose accounts are looked for together. */
const ROWS_AT_ONCE = 5_000

/** A row on its way, already as COPY takes it. */
interface Waiting {
  line: number
  /** The number of its account, where rows belong to accounts. */
  account: string
  cells: string
}

/** Writes rows into a staging table by COPY, finding their accounts some thousand rows at a time. Memory stays flat. */
export class StagingWriter<Row> {
  private readonly stream: copyStreams.CopyStreamQuery
  private readonly accounts = new Map<string, number | null>()
  private readonly repeats = new Repeats()
  private readonly found = new Set<string>()
  private waiting: Waiting[] = []
  /** Whether rows of accounts came that the database does not know. */
  unknownAccounts = false

  constructor(
    client: pg.Client,
    private readonly reader: Reader,
    of: { number: number },
    private readonly shape: StagingShape<Row>,
  ) {
    const names = ['line', ...(shape.account ? ['account_id', 'account_number'] : [])]
    const columns = [...names, ...Object.keys(shape.columns)].join(', ')
    this.stream = client.query(copyStreams.from(`copy staging_${of.number} (${columns}) from stdin`))
    // Told by `finished` or the next write.
    this.stream.on('error', () => undefined)
  }

  /** Whether a row came whose key another had had. */
  get hasRepeats(): boolean {
    return this.repeats.seen
  }

  /** The months the rows are about, the earliest first. */
  get months(): string[] {
    return [...this.found].sort()
  }

  async write(rows: readonly Numbered<Row>[]): Promise<void> {
    const { account, month, key, cells } = this.shape
    for (const { line, row } of rows) {
      this.waiting.push({ line, account: account?.(row) ?? '', cells: cells(row).map(copied).join('\t') })
      this.repeats.add(key.texts(row))
      if (month) this.found.add(month(row))
    }
    if (this.waiting.length >= ROWS_AT_ONCE) await this.send()
  }

  /** Ends the COPY. @throws what the database said against it */
  async close(): Promise<void> {
    await this.send()
    this.stream.end()
    await finished(this.stream)
  }

  /** Gives the COPY up; the transaction is to be rolled back. */
  async abort(): Promise<void> {
    if (this.stream.destroyed) return
    this.stream.destroy(new Error('given up'))
    await finished(this.stream).catch(() => undefined)
  }

  private async send(): Promise<void> {
    if (this.shape.account) await this.findAccounts()
    let text = ''
    for (const { line, account, cells } of this.waiting)
      text += this.shape.account
        ? `${line}\t${this.copiedAccount(account)}\t${cells}\n`
        : `${line}\t${cells}\n`
    this.waiting = []
    if (this.stream.errored) throw this.stream.errored
    if (!this.stream.write(text)) await once(this.stream, 'drain')
  }

  private copiedAccount(number: string): string {
    const id = this.accounts.get(number) ?? null
    if (id !== null) return `${id}\t\\N`
    this.unknownAccounts = true
    return `\\N\t${copied(number)}`
  }

  private async findAccounts(): Promise<void> {
    if (this.accounts.size > REMEMBERED) this.accounts.clear()
    const wanted = new Set<string>()
    for (const { account } of this.waiting) if (!this.accounts.has(account)) wanted.add(account)
    if (wanted.size === 0) return
    const { rows } = await this.reader.execute(sql`
      select id, account_number as number from accounts where account_number = any(${sql.param([...wanted])}::text[])`)
    for (const number of wanted) this.accounts.set(number, null)
    for (const { id, number } of found.parse(rows)) this.accounts.set(number, id)
  }
}

function copied(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? '') : cell
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
