declare const meterValueBrand: unique symbol
/**
 * What a meter's counter shows, or a difference of two such values: an exact decimal kept as
 * `bigint` of ten-millionths (at most 7 decimals are accepted from imports), never a float.
 */
export type MeterValue = bigint & { readonly [meterValueBrand]: true }

const SCALE = 7
const UNIT = 10n ** BigInt(SCALE)

/** Marks a whole number of ten-millionths as a quantity. */
export function tenMillionths(amount: bigint): MeterValue {
  return amount as MeterValue
}

/** Reads a plain decimal as the database or a file gives it: `315.204`, `315,204`. Undefined when it is none. */
export function parseQuantity(text: string): MeterValue | undefined {
  const match = /^(-?)(\d{1,12})(?:[.,](\d{1,7}))?$/.exec(text.trim())
  if (!match) return undefined
  const amount = BigInt(match[2] ?? '0') * UNIT + BigInt((match[3] ?? '').padEnd(SCALE, '0'))
  return (match[1] === '-' ? -amount : amount) as MeterValue
}

/** The value of that text, for constants and database values. @throws RangeError when it is none. */
export function quantity(text: string): MeterValue {
  const parsed = parseQuantity(text)
  if (parsed === undefined) throw new RangeError('not a decimal')
  return parsed
}

/** later − earlier. */
export function subtract(later: MeterValue, earlier: MeterValue): MeterValue {
  return (later - earlier) as MeterValue
}

/** a + b. */
export function add(a: MeterValue, b: MeterValue): MeterValue {
  return (a + b) as MeterValue
}

/** a × b, to seven decimals, halves up; of values from zero on. */
export function multiply(a: MeterValue, b: MeterValue): MeterValue {
  return ((a * b + UNIT / 2n) / UNIT) as MeterValue
}

/** a ÷ b, to seven decimals, halves up; of values above zero. */
export function divide(a: MeterValue, b: MeterValue): MeterValue {
  return ((a * UNIT * 2n + b) / (b * 2n)) as MeterValue
}

/** To so many decimals, at most 7; halves away from zero. */
export function roundTo(value: MeterValue, decimals: number): MeterValue {
  const step = 10n ** BigInt(SCALE - decimals)
  const half = value < 0n ? -step / 2n : step / 2n
  return (((value + half) / step) * step) as MeterValue
}

/** One full turn of a counter with that many digits before the point: 5 → 100000. */
export function fullTurn(digitsBefore: number): MeterValue {
  return (10n ** BigInt(digitsBefore) * UNIT) as MeterValue
}

/** Exact decimal text for the database: `315.204`. */
export function toDecimal(value: MeterValue): string {
  const absolute = value < 0n ? -value : value
  const rest = (absolute % UNIT).toString().padStart(SCALE, '0').replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${absolute / UNIT}${rest ? `.${rest}` : ''}`
}

/** As people write it: `6,396`; whole numbers with thin spaces. */
export function formatQuantity(value: MeterValue): string {
  const [whole = '0', rest] = toDecimal(value).replace('-', '\u2212').split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')
  return rest ? `${spaced},${rest}` : spaced
}

/** As the dial shows it: leading zeros and all decimals, `00321,600`. */
export function formatDial(value: MeterValue, digitsBefore: number, digitsAfter: number): string {
  const [whole = '0', rest = ''] = toDecimal(value).split('.')
  const head = whole.padStart(digitsBefore, '0')
  return digitsAfter > 0 ? `${head},${rest.padEnd(digitsAfter, '0').slice(0, digitsAfter)}` : head
}
