import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { z } from 'zod'
import type { Reader } from '@/db/client'
import { accounts, services } from '@/db/schema'
import type { Register } from './plain-charges'
import { Repeats, type TextHash } from './repeats'
import { StagedSums } from './staged-sums'
import { copied, type Numbered, type StagingShape } from './staging'

const REMEMBERED = 20_000
/** Bytes that may wait for the database while the next ones are read. */
const AHEAD = 2 * 1024 * 1024
const reserved = z.tuple([z.object({ id: z.number() })])

/** Writes rows into a staging table by COPY, finding their accounts batch by batch. Memory stays flat. */
export class StagingWriter<Row> implements Register {
  private stream: copyStreams.CopyStreamQuery | undefined
  /** The columns rows are copied into. */
  private columns: readonly string[]
  /** Places of those among the cells of a row. */
  private places: readonly number[] = []
  private readonly accounts = new Map<string, number | null>()
  private readonly accountsByNumber: ReturnType<typeof accountsByNumber>
  private readonly known = new Map<string, number>()
  private readonly repeats = new Repeats()
  private readonly found = new Set<string>()
  private readonly added = new StagedSums()
  /** The ids the rows written name their services by. */
  readonly services = new Map<string, number>()
  /** Whether rows of accounts came that the database does not know. */
  unknownAccounts = false

  /** `client`: in the transaction that made the table. */
  static async open<Row>(
    client: pg.Client,
    reader: Reader,
    of: { number: number },
    shape: StagingShape<Row>,
  ): Promise<StagingWriter<Row>> {
    const known = shape.service ? await reader.select().from(services) : []
    const writer = new StagingWriter(client, reader, of, shape)
    for (const { name, id } of known) writer.known.set(name, id)
    return writer
  }

  private constructor(
    private readonly client: pg.Client,
    private readonly reader: Reader,
    private readonly of: { number: number },
    private readonly shape: StagingShape<Row>,
  ) {
    this.accountsByNumber = accountsByNumber(reader)
    const { account, columns } = shape
    const own = ['line', ...(account ? ['account_id', 'account_number'] : [])]
    this.columns = [...own, ...Object.keys(columns)]
    this.into(this.columns)
  }

  /** Whether a row came whose key another had had. */
  get hasRepeats(): boolean {
    return this.repeats.seen
  }

  /** What all rows add up to; undefined when some of them may be rejected yet, or are no charges. */
  get sums(): StagedSums | undefined {
    return this.shape.money && !this.hasRepeats && !this.unknownAccounts ? this.added : undefined
  }

  /** The months the rows are about, the earliest first. */
  get months(): string[] {
    return [...this.found].sort()
  }

  async write(batch: readonly Numbered<Row>[]): Promise<void> {
    if (batch.length === 0) return
    const { account, service } = this.shape
    if (account) await this.findAccounts(batch.map(({ row }) => account(row)))
    if (service) await this.findServices(batch.map(({ row }) => service(row)))
    await this.send(Buffer.from(batch.map((numbered) => this.copiedRow(numbered)).join('')))
  }

  /** Says which columns rows have anything for; nothing can be said any more once rows were written. */
  into(columns: readonly string[]): void {
    if (this.stream) return
    this.columns = columns
    const named = Object.keys(this.shape.columns).slice(this.shape.service ? 1 : 0)
    this.places = named.flatMap((name, place) => (columns.includes(name) ? [place] : []))
  }

  /** Writes rows as COPY takes them, whose keys were noted. */
  async send(rows: Buffer): Promise<void> {
    const stream = this.copying()
    if (stream.errored) throw stream.errored
    if (!stream.write(rows)) await once(stream, 'drain')
  }

  private copying(): copyStreams.CopyStreamQuery {
    if (this.stream) return this.stream
    // Frozen: nobody who reads the rows later has to find out and write down that their transaction is over.
    const into = `staging_${this.of.number} (${this.columns.join(', ')})`
    const copy = copyStreams.from(`copy ${into} from stdin (freeze)`, { highWaterMark: AHEAD })
    // Told by `finished` or the next write.
    copy.on('error', () => undefined)
    this.stream = this.client.query(copy)
    return copy
  }

  async accountsOf(numbers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.accountsByNumber.execute({ numbers })
    return new Map(rows.map(({ id, number }) => [number, id]))
  }

  serviceOf(name: string): number | undefined {
    const id = this.known.get(name)
    if (id !== undefined) this.services.set(name, id)
    return id
  }

  note(key: readonly TextHash[], month: string, account: string, service: string, money: Float64Array): void {
    this.repeats.addHashed(key)
    this.found.add(month)
    this.added.add(account, month, service, money)
  }

  /** Ends the COPY. @throws what the database said against it */
  async close(): Promise<void> {
    if (!this.stream) return
    this.stream.end()
    await finished(this.stream)
  }

  /** Gives the COPY up; the transaction is to be rolled back. */
  async abort(): Promise<void> {
    if (!this.stream || this.stream.destroyed) return
    this.stream.destroy(new Error('given up'))
    await finished(this.stream).catch(() => undefined)
  }

  private copiedRow({ line, row }: Numbered<Row>): string {
    const { account, service, month, key, cells, money } = this.shape
    this.repeats.add(key.texts(row))
    if (month) this.found.add(month(row))
    if (account && service && month && money) {
      const [owner, about] = [this.accounts.get(account(row)), this.serviceOf(service(row))]
      this.added.add(String(owner), month(row), String(about), Float64Array.from(money(row), Number))
    }
    const owner = account ? `${this.copiedAccount(account(row))}\t` : ''
    const about = service ? `${this.serviceOf(service(row))}\t` : ''
    const all = cells(row)
    const had = this.places.map((place) => copied(all[place] ?? null))
    return `${line}\t${owner}${about}${had.join('\t')}\n`
  }

  private copiedAccount(number: string): string {
    const id = this.accounts.get(number) ?? null
    if (id !== null) return `${id}\t\\N`
    this.unknownAccounts = true
    return `\\N\t${copied(number)}`
  }

  private async findAccounts(numbers: readonly string[]): Promise<void> {
    if (this.accounts.size > REMEMBERED) this.accounts.clear()
    const wanted = new Set(numbers.filter((number) => !this.accounts.has(number)))
    if (wanted.size === 0) return
    for (const number of wanted) this.accounts.set(number, null)
    for (const [number, id] of await this.accountsOf([...wanted])) this.accounts.set(number, id)
  }

  /** A service nobody has heard of is staged by an id that is kept for it, should it come to be. */
  private async findServices(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (this.known.has(name)) continue
      const { rows } = await this.reader.execute(
        sql`select nextval(pg_get_serial_sequence('services', 'id'))::integer as id`,
      )
      this.known.set(name, reserved.parse(rows)[0].id)
    }
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
