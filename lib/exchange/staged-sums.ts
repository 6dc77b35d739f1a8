import { layouts } from './layouts'

const MONEY: readonly string[] = layouts.charges.money
const [OPENING, CHARGED, CLOSING] = ['opening', 'charged', 'closing'].map((field) => MONEY.indexOf(field))
/** Larger sums of kopecks are not added up here: of a hundred thousand smaller ones the sum is exact. */
const LARGE = 1e10
const ADDED_AT_ONCE = 100_000
/** More would take too much memory. A file that goes account by account has far fewer. */
const MOST_RUNS = 400_000

/** Sums by service, in kopecks and in the order of `layouts.charges.money`. */
export interface ServiceSums {
  rows: number
  money: bigint[]
}

/**
 * Adds up the rows of a file of charges while they are read, so that nobody need go over them again: by account and month,
 * as long as rows of one stand side by side, and by service. Exact, or not `whole`.
 */
export class StagedSums {
  private whole = true
  readonly services = new Map<string, ServiceSums>()
  private readonly waiting = new Map<string, Float64Array>()
  private added = 0
  private readonly runs: string[] = []
  private account = ''
  private month = ''
  private readonly run = new Float64Array(MONEY.length)
  private rowsOfRun = 0

  /** A row of an account and a service, by their ids. `money`: kopecks in the order of `layouts.charges.money`. */
  add(account: string, month: string, service: string, money: Float64Array): void {
    if (account !== this.account || month !== this.month) this.turn(account, month)
    let sums = this.waiting.get(service)
    if (!sums) {
      sums = new Float64Array(MONEY.length + 1)
      this.waiting.set(service, sums)
    }
    for (let place = 0; place < money.length; place += 1) {
      const sum = money[place] ?? 0
      if (sum >= LARGE || sum <= -LARGE) this.whole = false
      sums[place] = (sums[place] ?? 0) + sum
      this.run[place] = (this.run[place] ?? 0) + sum
    }
    sums[MONEY.length] = (sums[MONEY.length] ?? 0) + 1
    this.rowsOfRun += 1
    this.added += 1
    if (this.added < ADDED_AT_ONCE) return
    this.turn(account, month)
    this.settle()
  }

  /**
   * What was added by account and month, in the order `account_id, period, opening, charged, closing, rows`, as COPY takes it;
   * undefined when it is not whole. An account may come more than once.
   */
  settled(): string | undefined {
    this.turn('', '')
    this.settle()
    return this.whole ? this.runs.join('') : undefined
  }

  private turn(account: string, month: string): void {
    if (this.rowsOfRun > 0 && this.runs.length < MOST_RUNS) {
      const [opening, charged, closing] = [OPENING, CHARGED, CLOSING].map(
        (place) => this.run[place ?? -1] ?? 0,
      )
      this.runs.push(
        `${this.account}\t${this.month}\t${opening}\t${charged}\t${closing}\t${this.rowsOfRun}\n`,
      )
    } else if (this.rowsOfRun > 0) this.whole = false
    this.account = account
    this.month = month
    this.rowsOfRun = 0
    this.run.fill(0)
  }

  private settle(): void {
    for (const [service, sums] of this.waiting) {
      const known = this.services.get(service) ?? { rows: 0, money: MONEY.map(() => 0n) }
      this.services.set(service, {
        rows: known.rows + (sums[MONEY.length] ?? 0),
        money: known.money.map((sum, place) => sum + BigInt(sums[place] ?? 0)),
      })
    }
    this.waiting.clear()
    this.added = 0
  }
}
