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

function derived(label: string, id: string): string {
  return createHmac('sha256', Buffer.from(env().LINK_KEY, 'base64'))
    .update(`${label}:${id}`)
    .digest('base64url')
}

/** What the database keeps of a token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
