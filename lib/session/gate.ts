import type { SessionState } from './sessions'

/** Which door an address stands behind. */
export type Area = 'open' | 'front' | 'cabinet' | 'staff' | 'machine'
/** What the first gate does with a request. */
export type Verdict = 'pass' | 'login' | 'code' | 'blocked' | 'forbidden' | 'office' | 'agreement'

/** The page of what has to be accepted first: the one page of the cabinet open before it. */
export const AGREEMENT_PAGE = '/personal/agreement'

const areas: readonly (readonly [pattern: RegExp, area: Area])[] = [
  [/^\/$/, 'open'],
  [/^\/personal$/, 'front'],
  [
    /^\/personal\/(request|login|credentials|recover|documents|suspended|check|helper|pay|contacts|feedback)(\/|$)/,
    'open',
  ],
  [/^\/personal\/(ledger|readings|payments|enquiries|profile|help|agreement|notices)(\/|$)/, 'cabinet'],
  [/^\/admin(\/|$)/, 'staff'],
  // There while nobody can run the service.
  [/^\/setup$/, 'open'],
  // The bank of the demo stands outside the cabinet, like any bank.
  [/^\/demo-bank(\/|$)/, 'open'],
  [/^\/(outage|api\/health|api\/payments\/notify\/[^/]+)$/, 'machine'],
]

/** The area of a path; undefined when nothing is served there (a guard test keeps this list whole). */
export function classify(path: string): Area | undefined {
  return areas.find(([pattern]) => pattern.test(path))?.[1]
}

/**
 * The first gate: what to do with a request for a path, given what its cookie amounts to. Pure.
 * `code` sends staff who still owe their second factor to its page; `office` sends staff who came to the residents' front page
 * to `/admin`; `agreement` sends a subscriber to what has to be accepted first; an unclassified path passes to the 404 page.
 */
export function gate(path: string, state: SessionState): Verdict {
  const area = classify(path)
  if (area === 'front') return front(state)
  if (area !== 'cabinet' && area !== 'staff') return 'pass'
  if (state.kind === 'blocked') return 'blocked'
  if (state.kind === 'halfway') return 'code'
  if (state.kind !== 'live') return 'login'
  const staff = state.user.kind === 'staff'
  if (area === 'staff') return staff ? 'pass' : 'forbidden'
  if (staff) return 'office'
  return state.mustAccept !== null && path !== AGREEMENT_PAGE ? 'agreement' : 'pass'
}

function front(state: SessionState): Verdict {
  if (state.kind === 'blocked') return 'blocked'
  if (state.kind === 'halfway') return 'code'
  if (state.kind !== 'live') return 'pass'
  if (state.user.kind === 'staff') return 'office'
  return state.mustAccept === null ? 'pass' : 'agreement'
}
