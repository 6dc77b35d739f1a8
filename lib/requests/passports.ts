import { createHmac, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'
import { open, type Place, seal } from '@/lib/session/sealed'

const KEY_BYTES = 32

/** A passport in the clear: only between a form and its sealing, and on the page of who opened it. */
export interface Passport {
  /** 10 digits. */
  number: string
  issuedBy: string
  /** `YYYY-MM-DD`. */
  issuedOn: string
}

/** A passport as the database keeps it; each sealed value is nonce, tag and ciphertext in a row. */
export interface SealedPassport {
  wrappedKey: Buffer
  number: Buffer
  issuedBy: Buffer
  issuedOn: Buffer
  blindIndex: Buffer
  lastDigits: string
}

/**
 * Seals a passport for one request: AES-256-GCM under a random key of its own, that key wrapped by PASSPORT_KEY.
 * Each value is bound to its table, column and row, so none can be moved to another place.
 */
export function sealPassport(requestId: string, passport: Passport): SealedPassport {
  const key = randomBytes(KEY_BYTES)
  return {
    wrappedKey: seal(masterKey(), placeOf('wrapped_key', requestId), key),
    number: seal(key, placeOf('number', requestId), Buffer.from(passport.number)),
    issuedBy: seal(key, placeOf('issued_by', requestId), Buffer.from(passport.issuedBy)),
    issuedOn: seal(key, placeOf('issued_on', requestId), Buffer.from(passport.issuedOn)),
    blindIndex: blindIndex(passport.number),
    lastDigits: passport.number.slice(-3),
  }
}

/** Opens a sealed passport. @throws Error when a value was changed, moved, or sealed under another key */
export function openPassport(
  requestId: string,
  sealed: Pick<SealedPassport, 'wrappedKey' | 'number' | 'issuedBy' | 'issuedOn'>,
): Passport {
  const key = open(masterKey(), placeOf('wrapped_key', requestId), sealed.wrappedKey)
  return {
    number: open(key, placeOf('number', requestId), sealed.number).toString(),
    issuedBy: open(key, placeOf('issued_by', requestId), sealed.issuedBy).toString(),
    issuedOn: open(key, placeOf('issued_on', requestId), sealed.issuedOn).toString(),
  }
}

/** HMAC-SHA256 of the 10 digits under INDEX_KEY: equal passports are found, none can be read or guessed back. */
export function blindIndex(number: string): Buffer {
  return createHmac('sha256', Buffer.from(env().INDEX_KEY, 'base64')).update(number).digest()
}

function masterKey(): Buffer {
  return Buffer.from(env().PASSPORT_KEY, 'base64')
}

function placeOf(column: string, requestId: string): Place {
  return { table: 'passports', column, row: requestId }
}
