import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

const MARK = '~'

/**
 * What staff search for, as an address may carry it: numbers as they are, words sealed (AES-256-GCM), for they are people's
 * names and addresses. A colleague can be sent such an address; nobody else can read it, nor any log.
 */
export function sealedSearch(words: string): string {
  if (/^[\d\s№-]*$/.test(words)) return words
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key(), iv)
  const text = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return MARK + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

/** The words behind `q` of an address; what was typed there by hand stays as it is, what cannot be opened is nothing. */
export function openedSearch(q: unknown): string {
  if (typeof q !== 'string') return ''
  return q.startsWith(MARK) ? open(Buffer.from(q.slice(1), 'base64url')) : q
}

function open(sealed: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    // Sealed under another key, or cut short on its way.
    return ''
  }
}

function key(): Buffer {
  return Buffer.from(hkdfSync('sha256', env().AUTH_SECRET, '', 'words of a search', 32))
}
