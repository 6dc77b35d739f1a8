const HOUR_MS = 3_600_000

/** How long a credentials link lives: 72 hours after an approval or an unblocking, 30 minutes for a recovery. */
export const linkLifeMs = { activation: 72 * HOUR_MS, recovery: HOUR_MS / 2 } as const
export type LinkPurpose = keyof typeof linkLifeMs

// No l, i, o, 0, 1: nobody shall have to guess a letter from print or over the phone.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 6

/** A login as the company issues them: short, lower case, of characters that are not mistaken for one another. */
export function newLogin(pick: (below: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[pick(ALPHABET.length)]).join('')
}

/** What a credentials link is worth at a moment. */
export type LinkState = 'usable' | 'used' | 'expired'

/** A used link and one replaced by a newer are told alike. */
export function linkState(
  link: { usedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): LinkState {
  if (link.usedAt || link.revokedAt) return 'used'
  return now < link.expiresAt ? 'usable' : 'expired'
}

/** Whether two names are the same person's, as typed by people: case, ё/е and spaces do not count. */
export function sameName(a: readonly string[], b: readonly string[]): boolean {
  const fold = (parts: readonly string[]) =>
    parts.join(' ').toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim()
  return fold(a) === fold(b)
}

/** How long a new e-mail waits for its confirmation. */
export const CONFIRM_EMAIL_MS = 24 * HOUR_MS

/** How long the code sent to a new phone is good, and how many wrong ones are too many. */
export const CONFIRM_PHONE_MS = HOUR_MS / 6
export const CODE_TRIES = 5

/** How long who had the old e-mail or phone can undo a change. */
export const UNDO_MS = 72 * HOUR_MS

/** What a change of e-mail or phone that asks to be confirmed is worth; given up and replaced ones count as late. */
export function changeState(
  change: { confirmedAt: Date | null; cancelledAt: Date | null; confirmBy: Date },
  now: Date,
): 'open' | 'done' | 'late' {
  if (change.confirmedAt) return 'done'
  return !change.cancelledAt && now < change.confirmBy ? 'open' : 'late'
}

/** Whether a change in force can still be undone. */
export function undoState(
  change: { undoneAt: Date | null; undoUntil: Date | null },
  now: Date,
): 'open' | 'done' | 'late' {
  if (change.undoneAt) return 'done'
  return change.undoUntil && now < change.undoUntil ? 'open' : 'late'
}
