import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Reader } from '@/db/client'
import { accounts } from '@/db/schema'
import { Repeats } from './repeats'
import type { Cell, Numbered, StagingShape } from './staging'

const REMEMBERED = 20_000

/** Writes rows into a staging table by COPY, finding their accounts batch by batch. Memory stays flat. */
export class StagingWriter<Row> {
  private readonly stream: copyStreams.CopyStreamQuery
  private readonly accounts = new Map<string, number | null>()
  private readonly accountsOf: ReturnType<typeof accountsByNumber>
  private readonly repeats = new Repeats()
  private readonly found = new Set<string>()
  /** Whether rows of accounts came that the database does not know. */
  unknownAccounts = false

  constructor(
    client: pg.Client,
    reader: Reader,
    of: { number: number },
    private readonly shape: StagingShape<Row>,
  ) {
    this.accountsOf = accountsByNumber(reader)
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

  async write(batch: readonly Numbered<Row>[]): Promise<void> {
    if (this.shape.account) await this.findAccounts(batch, this.shape.account)
    const text = batch.map((numbered) => this.copiedRow(numbered)).join('')
    if (this.stream.errored) throw this.stream.errored
    if (!this.stream.write(text)) await once(this.stream, 'drain')
  }

  /** Ends the COPY. @throws what the database said against it */
  async close(): Promise<void> {
    this.stream.end()
    await finished(this.stream)
  }

  /** Gives the COPY up; the transaction is to be rolled back. */
  async abort(): Promise<void> {
    if (this.stream.destroyed) return
    this.stream.destroy(new Error('given up'))
    await finished(this.stream).catch(() => undefined)
  }

  private copiedRow({ line, row }: Numbered<Row>): string {
    const { account, month, key, cells } = this.shape
    this.repeats.add(key.texts(row))
    if (month) this.found.add(month(row))
    const owner = account ? `${this.copiedAccount(account(row))}\t` : ''
    return `${line}\t${owner}${cells(row).map(copied).join('\t')}\n`
  }

  private copiedAccount(number: string): string {
    const id = this.accounts.get(number) ?? null
    if (id !== null) return `${id}\t\\N`
    this.unknownAccounts = true
    return `\\N\t${copied(number)}`
  }

  private async findAccounts(batch: readonly Numbered<Row>[], numberOf: (row: Row) => string) {
    if (this.accounts.size > REMEMBERED) this.accounts.clear()
    const wanted = new Set<string>()
    for (const { row } of batch) if (!this.accounts.has(numberOf(row))) wanted.add(numberOf(row))
    if (wanted.size === 0) return
    for (const number of wanted) this.accounts.set(number, null)
    const rows = await this.accountsOf.execute({ numbers: [...wanted] })
    for (const { id, number } of rows) this.accounts.set(number, id)
  }
}

/** Prepared: it is asked once for every batch. */
function accountsByNumber(reader: Reader) {
  return reader
    .select({ id: accounts.id, number: accounts.accountNumber })
    .from(accounts)
    .where(sql`${accounts.accountNumber} = any(${sql.placeholder('numbers')}::text[])`)
    .prepare('staged_accounts')
}

function copied(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? '') : cell
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
