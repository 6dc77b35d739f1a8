import { createHash } from 'node:crypto'

/** SHA-256 of a text in hex; how its lines end makes no difference. */
export function textHash(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('hex')
}
