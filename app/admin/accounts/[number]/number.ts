import { cleanLine } from '@/lib/units/text'

/** The account number an address names, as the database may know it; empty for an address that names none. */
export function numberOf(segment: string): string {
  try {
    return cleanLine(decodeURIComponent(segment))
  } catch {
    return ''
  }
}
