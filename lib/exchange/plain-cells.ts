import { hashOf, type TextHash } from './repeats'

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57]
/** Signs of a number that is surely neither too long to be exact nor too large to be taken. */
const SHORT = 12
/** So many kopecks of a hundred thousand rows still make an exact sum. */
const LARGE = 1e10
/** Of a quantity. */
const [MOST_DIGITS, DECIMALS] = [8, 7]

/** A word of a file, as COPY takes it. */
export interface Word {
  readonly copied: Buffer
  /** The same as a text. */
  readonly is: string
  readonly text: string
  readonly hash: TextHash
}

/** A word that is put in the place of another, `of`. */
export function wordOf(copied: string, of: string): Word {
  return { copied: Buffer.from(copied), is: copied, text: of, hash: hashOf(of) }
}

const PLACES = 256

/** Remembers what the words of a column are read as, by their bytes. */
export class Words {
  private readonly places: ({ bytes: Buffer; word: Word } | undefined)[] = new Array(PLACES)

  /** `read` is asked for words not seen lately, given byte for byte; undefined stands for what is not plain, and is asked again. */
  constructor(private readonly read: (cell: string) => Word | undefined) {}

  find(bytes: Buffer, from: number, to: number): Word | undefined {
    let hash = 0
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    const place = (hash ^ (hash >>> 8)) & (PLACES - 1)
    const known = this.places[place]
    if (known && isAt(known.bytes, bytes, from, to)) return known.word
    const word = this.read(bytes.toString('latin1', from, to))
    if (word) this.places[place] = { bytes: Buffer.from(bytes.subarray(from, to)), word }
    return word
  }
}

function isAt(word: Buffer, bytes: Buffer, from: number, to: number): boolean {
  if (word.length !== to - from) return false
  for (let at = 0; at < word.length; at += 1) if (word[at] !== bytes[from + at]) return false
  return true
}

/** Writes cells as COPY takes them, one after another. */
export class CopyText {
  private out = Buffer.alloc(0)
  private at = 0
  private full: Buffer[] = []
  private readonly mark: number
  private readonly other: number

  /** `marks`: the sign, or the two, that may part decimals. */
  constructor(marks: string) {
    this.mark = marks.charCodeAt(0)
    this.other = marks.charCodeAt(marks.length - 1)
  }

  /** Makes room for so many bytes in one piece; returns where they begin. */
  begin(room: number): number {
    if (this.out.length - this.at < room) {
      if (this.at > 0) this.full.push(this.out.subarray(0, this.at))
      this.out = Buffer.allocUnsafeSlow(Math.max(room, 1 << 20))
      this.at = 0
    }
    return this.at
  }

  /** Forgets what was written since that place. */
  cutTo(place: number): void {
    this.at = place
  }

  /** What was written, to be kept by whoever asks. */
  drain(): Buffer[] {
    const whole = [...this.full, this.out.subarray(0, this.at)]
    this.full = []
    this.out = this.out.subarray(this.at)
    this.at = 0
    return whole.filter(({ length }) => length > 0)
  }

  sign(byte: number): void {
    this.out[this.at++] = byte
  }

  /** Bytes as they are. */
  copy(bytes: Buffer): void {
    for (let place = 0; place < bytes.length; place += 1) this.out[this.at++] = bytes[place] ?? 0
  }

  /** A whole number from zero on. */
  whole(value: number): void {
    let place = this.at + 1
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) place += 1
    this.at = place
    for (let rest = value, more = true; more; more = rest > 0) {
      this.out[--place] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }

  /** A sum written like `-1234,5`, as kopecks, which it puts in its place; false when it is written otherwise. */
  money(bytes: Buffer, from: number, to: number, sums: Float64Array, place: number): boolean {
    const first = bytes[from] === MINUS ? from + 1 : from
    if (first > from) this.sign(MINUS)
    let decimals = -1
    let value = 0
    for (let at = first; at < to; at += 1) {
      const sign = bytes[at] ?? 0
      if (sign >= ZERO && sign <= NINE) {
        value = value * 10 + sign - ZERO
        if (decimals >= 0) decimals += 1
        this.sign(sign)
      } else if (decimals < 0 && at > first && (sign === this.mark || sign === this.other)) decimals = 0
      else return false
    }
    if (first === to || to - from > SHORT || decimals === 0 || decimals > 2) return false
    for (let more = Math.max(decimals, 0); more < 2; more += 1) {
      value *= 10
      this.sign(ZERO)
    }
    sums[place] = first > from ? -value : value
    return value < LARGE
  }

  /** A number from zero on written like `12,345`; false when it is written otherwise. */
  quantity(bytes: Buffer, from: number, to: number): boolean {
    let mark = to
    for (let at = from; at < to; at += 1) {
      const sign = bytes[at] ?? 0
      if (sign >= ZERO && sign <= NINE) this.sign(sign)
      else if (mark === to && (sign === this.mark || sign === this.other)) {
        mark = at
        this.sign(POINT)
      } else return false
    }
    return mark > from && mark - from <= MOST_DIGITS && mark !== to - 1 && to - mark - 1 <= DECIMALS
  }
}
