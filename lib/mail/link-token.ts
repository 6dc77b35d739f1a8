import { createHash, createHmac } from 'node:crypto'
import { env } from '@/lib/env'

/**
 * The token of a credentials link, derived from the link's id under LINK_KEY when the letter is sent:
 * a letter sent twice carries the same link, and no secret lies in the queue. 32 bytes, base64url.
 */
export function linkToken(linkId: string): string {
  return derived('credentials', linkId)
}

/** The token of a helper's invitation, derived alike from the id of its row in `helper_access`. */
export function invitationToken(helperAccessId: string): string {
  return derived('helper', helperAccessId)
}

/** The token that confirms a new e-mail, derived alike from the id of its row in `contact_changes`. */
export function contactToken(changeId: string): string {
  return derived('contact', changeId)
}

/** The token that undoes a change of e-mail or phone, derived alike. */
export function undoToken(changeId: string): string {
  return derived('undo', changeId)
}

/** The six digits that confirm a new phone, derived alike: an SMS sent twice carries the same code. */
export function phoneCode(changeId: string): string {
  const number = Buffer.from(derived('phone', changeId), 'base64url').readUIntBE(0, 6) % 1_000_000
  return String(number).padStart(6, '0')
}

/** What the database keeps of a code: under a key, or six digits would be found by trying them all. */
export function phoneCodeHash(changeId: string, code: string): Buffer {
  return tokenHash(derived('phone-code', `${changeId}:${code}`))
}

function derived(label: string, id: string): string {
  return createHmac('sha256', Buffer.from(env().LINK_KEY, 'base64'))
    .update(`${label}:${id}`)
    .digest('base64url')
}

/** What the database keeps of a token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
