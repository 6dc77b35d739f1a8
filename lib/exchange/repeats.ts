const FIRST_SIZE = 1 << 16
/** A table fuller than this is searched slowly. */
const FULL = 0.6

/**
 * Notices when the same texts come together a second time, in 16 bytes or so: keeps 52 bits of hash of each. Never misses
 * a repetition; once in a thousand million million pairs it takes two texts for one.
 */
export class Repeats {
  seen = false
  private slots = new Float64Array(FIRST_SIZE)
  private count = 0

  add(parts: readonly string[]): void {
    if (this.count > this.slots.length * FULL) this.grow()
    if (this.put(hashOf(parts))) this.count += 1
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

/** After each part; no text has it. */
const END = 0x1_0000

/** Two multiplying hashes side by side (cyrb53); above zero. */
function hashOf(parts: readonly string[]): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (const text of parts) {
    for (let place = 0; place < text.length; place += 1) {
      const unit = text.charCodeAt(place)
      a = Math.imul(a ^ unit, 2_654_435_761)
      b = Math.imul(b ^ unit, 1_597_334_677)
    }
    a = Math.imul(a ^ END, 2_654_435_761)
    b = Math.imul(b ^ END, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0) + 1
}
