import { createHmac } from 'node:crypto'

// No l, i, o, 0, 1: the codes are read from paper.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 10
const COUNT = 10

/**
 * The ten recovery codes of one setting up, `xxxxx-xxxxx`, 49 bits each: derived under the key from the secret as it lies
 * sealed, whose nonce is random. So they can be shown until the person goes on, and are kept as hashes all the same.
 */
export function recoveryCodesOf(key: Buffer, userId: string, sealedSecret: Buffer): string[] {
  return Array.from({ length: COUNT }, (_, place) => {
    const bytes = createHmac('sha256', key).update(`code:${userId}:${place}:`).update(sealedSecret).digest()
    const signs = [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
    return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`
  })
}

/** What the database keeps of a recovery code; case, spaces and dashes of what was typed do not count. */
export function recoveryCodeHash(key: Buffer, userId: string, code: string): Buffer {
  const signs = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHmac('sha256', key).update(`kept:${userId}:${signs}`).digest()
}
