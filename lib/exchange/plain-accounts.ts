import { type Word, wordOf } from './plain-cells'

const [FEED, ZERO] = [10, 48]
const FEWEST_DIGITS = 4
/** More make no exact number. */
const MOST_DIGITS = 14
const REMEMBERED = 20_000

/** Finds accounts by the plain numbers that lines begin with. */
export class PlainAccounts {
  private readonly known = new Map<number, Word>()
  private last: Word | undefined
  private lastBytes = Buffer.alloc(0)

  /** `accountsOf`: the ids of accounts by their numbers, of those there are. */
  constructor(
    private readonly delimiter: number,
    private readonly accountsOf: (numbers: readonly string[]) => Promise<ReadonlyMap<string, number>>,
  ) {}

  /** Looks the accounts of whole lines up. */
  async prepare(bytes: Buffer): Promise<void> {
    if (this.known.size > REMEMBERED) this.known.clear()
    const wanted = new Map<string, number>()
    for (let from = 0, last = -1; from < bytes.length; ) {
      if (last < 0 || !this.beginAlike(bytes, last, bytes, from)) {
        const number = this.numberAt(bytes, from)
        if (!this.known.has(number)) wanted.set(String(number).slice(1), number)
        last = from
      }
      const feed = bytes.indexOf(FEED, from)
      from = feed < 0 ? bytes.length : feed + 1
    }
    wanted.delete('')
    if (wanted.size === 0) return
    for (const [number, id] of await this.accountsOf([...wanted.keys()]))
      this.known.set(wanted.get(number) ?? 0, wordOf(String(id), number))
  }

  /** The account of a line whose first cell lies between those places; found at once when it is that of the line before. */
  at(bytes: Buffer, from: number, to: number): Word | undefined {
    if (this.last && this.beginAlike(this.lastBytes, 0, bytes, from)) return this.last
    this.last = this.known.get(this.numberAt(bytes, from))
    this.lastBytes = Buffer.from(bytes.subarray(from, to + 1))
    return this.last
  }

  /** Whether two lines begin with the same cell. */
  private beginAlike(bytes: Buffer, from: number, others: Buffer, at: number): boolean {
    for (let place = 0; ; place += 1) {
      const byte = bytes[from + place]
      if (byte !== others[at + place]) return false
      if (byte === this.delimiter || byte === undefined) return true
    }
  }

  /** The account number a line begins with, a 1 put before it; 0 when it is not plain. */
  private numberAt(bytes: Buffer, from: number): number {
    let number = 1
    let at = from
    for (; at < bytes.length && bytes[at] !== this.delimiter; at += 1) {
      const digit = (bytes[at] ?? 0) - ZERO
      if (digit < 0 || digit > 9 || at - from >= MOST_DIGITS) return 0
      number = number * 10 + digit
    }
    return at - from < FEWEST_DIGITS ? 0 : number
  }
}
