import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Where a sealed value belongs: a value moved to another table, column or row does not open there. */
export interface Place {
  table: string
  column: string
  row: string
}

/**
 * Seals a value for its place in the database: AES-256-GCM under a key of 32 bytes, the place as additional data.
 * @returns nonce (12 bytes), tag (16 bytes) and ciphertext in a row
 */
export function seal(key: Buffer, place: Place, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(words(place))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Opens what `seal` made. @throws Error when the value was changed, moved, or sealed under another key */
export function open(key: Buffer, place: Place, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(words(place))
    .setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

function words({ table, column, row }: Place): Buffer {
  return Buffer.from(`${table}.${column}.${row}`)
}
