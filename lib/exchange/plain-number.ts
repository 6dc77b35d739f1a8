const ZERO = 48
const NINE = 57
const MINUS = 45
/** Signs of a number that is surely neither too long to be exact nor too large to be taken. */
const SHORT = 12

/**
 * Reads a number as nearly every cell of a file has it, `-1234,56`, sign by sign and without an object: whole units of
 * its last decimal, 123456 of two. Undefined for whatever is longer or written otherwise; that is not to say it is wrong. `marks`: the signs that may part decimals.
 */
export function plainNumber(text: string, decimals: number, marks: string): number | undefined {
  if (text.length > SHORT) return undefined
  const first = text.charCodeAt(0) === MINUS ? 1 : 0
  let value = 0
  let seen = -1
  for (let place = first; place < text.length; place += 1) {
    const code = text.charCodeAt(place)
    if (code >= ZERO && code <= NINE) {
      value = value * 10 + code - ZERO
      if (seen >= 0) seen += 1
    } else if (seen < 0 && place > first && marks.includes(text.charAt(place))) seen = 0
    else return undefined
  }
  if (text.length === first || seen === 0 || seen > decimals) return undefined
  for (let place = Math.max(seen, 0); place < decimals; place += 1) value *= 10
  if (value > Number.MAX_SAFE_INTEGER) return undefined
  return first === 1 ? -value : value
}
