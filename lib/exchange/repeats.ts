const FIRST_SIZE = 1 << 16
/** A table fuller than this is searched slowly. */
const FULL = 0.6

/** Two 32-bit hashes of a text, side by side. */
export interface TextHash {
  readonly a: number
  readonly b: number
}

/**
 * Notices when the same texts come together a second time, in 16 bytes or so: keeps 52 bits of hash of each. Never misses
 * a repetition; once in a thousand million million pairs it takes two texts for one.
 */
export class Repeats {
  seen = false
  private slots = new Float64Array(FIRST_SIZE)
  private count = 0

  add(parts: readonly string[]): void {
    this.addHashed(parts.map(hashOf))
  }

  /** The same of texts that were hashed before. */
  addHashed(parts: readonly TextHash[]): void {
    if (this.count > this.slots.length * FULL) this.grow()
    if (this.put(together(parts))) this.count += 1
    else this.seen = true
  }

  private put(hash: number): boolean {
    const mask = this.slots.length - 1
    for (let place = (hash % 0x7fffffff) & mask; ; place = (place + 1) & mask) {
      if (this.slots[place] === hash) return false
      if (this.slots[place] !== 0) continue
      this.slots[place] = hash
      return true
    }
  }

  private grow(): void {
    const old = this.slots
    this.slots = new Float64Array(old.length * 2)
    for (const hash of old) if (hash !== 0) this.put(hash)
  }
}

const [A, B] = [2_654_435_761, 1_597_334_677]
const [FIRST_A, FIRST_B] = [0xdeadbeef, 0x41c6ce57]
const mixedA = (a: number, b: number) =>
  Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
const mixedB = (a: number, b: number) =>
  Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)

/** Two multiplying hashes side by side (cyrb53). */
export function hashOf(text: string): TextHash {
  let a = FIRST_A
  let b = FIRST_B
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    a = Math.imul(a ^ unit, A)
    b = Math.imul(b ^ unit, B)
  }
  a = mixedA(a, b)
  return { a, b: mixedB(a, b) }
}

/** One hash of several in their order; above zero. */
function together(parts: readonly TextHash[]): number {
  let a = FIRST_A
  let b = FIRST_B
  for (let place = 0; place < parts.length; place += 1) {
    const part = parts[place]
    a = Math.imul(a ^ (part?.a ?? 0), A)
    b = Math.imul(b ^ (part?.b ?? 0), B)
    a ^= a >>> 15
    b ^= b >>> 15
  }
  a = mixedA(a, b)
  b = mixedB(a, b)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0) + 1
}
