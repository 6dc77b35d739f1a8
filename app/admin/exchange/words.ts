import type { Profile } from '@/lib/exchange/profile'

/** How a form of a file is called on the pages. */
export const typeNames = { csv: 'CSV (текст)', dbf: 'DBF', xlsx: 'Excel (.xlsx)' } as const

export const encodingNames = {
  'utf-8': 'UTF-8',
  'windows-1251': 'cp1251 (Windows)',
  cp866: 'cp866 (DOS)',
  'koi8-r': 'KOI8-R',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
} as const

/** By the value a form has for it: a tab in a form's value would be cut off. */
export const delimiterNames = { ';': 'точка с запятой', ',': 'запятая', tab: 'табуляция' } as const

/** The value a form has for a delimiter. */
export function delimiterValue(delimiter: Profile['delimiter']): string {
  return delimiter === '\t' ? 'tab' : delimiter
}

/** `+12,5 %`, of the earlier sum; a dash when that is nothing. */
export function shareWords(before: bigint, now: bigint): string {
  if (before === 0n) return '—'
  const size = before < 0n ? -before : before
  const difference = now - before
  const tenths = ((difference < 0n ? -difference : difference) * 1000n + size / 2n) / size
  const sign = tenths === 0n ? '' : difference < 0n ? '\u2212' : '+'
  return `${sign}${tenths / 10n},${tenths % 10n}\u00a0%`
}
