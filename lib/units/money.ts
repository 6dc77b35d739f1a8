declare const kopecksBrand: unique symbol
/** An amount in whole kopecks, signed; `bigint`, so that no sum of a company ever loses a kopeck. */
export type Kopecks = bigint & { readonly [kopecksBrand]: true }

/** Marks a whole number of kopecks as money. */
export function kopecks(amount: bigint): Kopecks {
  return amount as Kopecks
}

export const ZERO = kopecks(0n)

/**
 * Reads roubles digit by digit, never through a float: `1 234,56`, `1234.5`, `-1872,61`.
 * Undefined when it is no amount or has more than two decimals.
 */
export function parseKopecks(text: string): Kopecks | undefined {
  const compact = text.replace(/[\s\u00a0\u202f\u2009]/g, '').replace('\u2212', '-')
  const match = /^(-?)(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(compact)
  if (!match) return undefined
  const amount = BigInt(match[2] ?? '0') * 100n + BigInt((match[3] ?? '').padEnd(2, '0'))
  return kopecks(match[1] === '-' ? -amount : amount)
}

/** The sum of amounts; zero for none. */
export function sumKopecks(amounts: Iterable<Kopecks>): Kopecks {
  let total = 0n
  for (const amount of amounts) total += amount
  return kopecks(total)
}

/** `1 234,56` with thin non-breaking spaces, a true minus, no currency sign. */
export function formatAmount(amount: Kopecks): string {
  const absolute = amount < 0n ? -amount : amount
  const roubles = (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, '\u202f')
  const rest = (absolute % 100n).toString().padStart(2, '0')
  return `${amount < 0n ? '\u2212' : ''}${roubles},${rest}`
}

/** `1 234,56 ₽`. */
export function formatMoney(amount: Kopecks): string {
  return `${formatAmount(amount)}\u00a0₽`
}
