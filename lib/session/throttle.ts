import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { pool } from '@/db/client'
import { env } from '@/lib/env'
import { logRefusal } from '@/lib/log'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How often what may happen; shared by all instances through the database. */
const limits = {
  /** Failed sign-ins from one address. */
  'sign-in-address': { points: 30, duration: 15 * MINUTE },
  /** Failed sign-ins into one login from devices it has never signed in on. */
  'sign-in-login': { points: 10, duration: 15 * MINUTE },
  /** Failed sign-ins into one login from a device it knows: strangers cannot use this one up. */
  'sign-in-device': { points: 10, duration: 15 * MINUTE },
  /** Wrong passwords typed again before something grave. */
  'password-again': { points: 10, duration: 15 * MINUTE },
  /** Wrong codes of one member of staff: 15 of a million are tried a quarter of an hour at most. */
  'second-factor': { points: 5, duration: 15 * MINUTE },
  'request-address': { points: 5, duration: HOUR },
  'request-email': { points: 3, duration: 24 * HOUR },
  'recovery-address': { points: 10, duration: HOUR },
  'recovery-login': { points: 3, duration: HOUR },
  /** Wrong digits of the account at one credentials link. */
  'credentials-link': { points: 5, duration: HOUR },
  'credentials-address': { points: 30, duration: HOUR },
  /** Invitations of one holder, and those that reach one mailbox. */
  'helper-invited': { points: 10, duration: 24 * HOUR },
  'helper-email': { points: 3, duration: 24 * HOUR },
  /** Sign-ins made by invitation from one address. */
  'helper-address': { points: 10, duration: HOUR },
  /** Enquiries of one person, and what they add to them. */
  'enquiry-opened': { points: 10, duration: 24 * HOUR },
  'enquiry-message': { points: 30, duration: 24 * HOUR },
  /** Enquiries from one address by people who have not signed in. */
  'feedback-address': { points: 5, duration: HOUR },
  /** Slips a person has sent to the own e-mail. */
  'slip-letter': { points: 10, duration: HOUR },
  /** Papers looked up by number and code from one address. */
  'paper-check': { points: 20, duration: HOUR },
  /** Payments begun by one person, and from one address by people without a login. */
  'payment-person': { points: 30, duration: HOUR },
  'payment-address': { points: 30, duration: HOUR },
  /** Accounts asked for by people without a login who pay for another. */
  'payee-lookup': { points: 20, duration: HOUR },
  /** Changes of e-mail or phone one person asks for, and what of it reaches one mailbox or phone. */
  'contact-asked': { points: 6, duration: 24 * HOUR },
  'contact-value': { points: 3, duration: 24 * HOUR },
  /** Further accounts one person asks for. */
  'account-asked': { points: 5, duration: 24 * HOUR },
  /** Corrections of readings one person asks for. */
  'correction-asked': { points: 10, duration: 24 * HOUR },
  /** Test letters and SMS of one member of staff. */
  'test-message': { points: 20, duration: HOUR },
  /** Codes tried at the first-run page, from one address and by all. */
  'setup-address': { points: 10, duration: HOUR },
  'setup-all': { points: 50, duration: HOUR },
  /** Pictures of dials one person sends. */
  'photo-sent': { points: 30, duration: 24 * HOUR },
} as const
export type LimitName = keyof typeof limits

/** One thing counted: which limit, and whose. */
export type Count = readonly [name: LimitName, whose: string]

/**
 * Takes a point from each of the counts.
 * @returns 'free', or the minutes until the first exhausted one opens again
 */
export async function take(counts: readonly Count[]): Promise<'free' | { minutes: number }> {
  for (const [name, whose] of counts) {
    try {
      await limiter(name).consume(keyOf(name, whose))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      logRefusal('limit reached', { code: name })
      return { minutes: Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000)) }
    }
  }
  return 'free'
}

/** Gives back the point taken: what was counted did not go wrong. */
export async function giveBack(counts: readonly Count[]): Promise<void> {
  for (const [name, whose] of counts) await limiter(name).reward(keyOf(name, whose))
}

/** How many points of a count are used up now: after a success that gave its own back, the failures before it. */
export async function spent([name, whose]: Count): Promise<number> {
  // The column is a bigint: it comes as text.
  return Number((await limiter(name).get(keyOf(name, whose)))?.consumedPoints ?? 0)
}

/** «через 1 минуту», «через 5 минут». */
export function inMinutes(minutes: number): string {
  const form = new Intl.PluralRules('ru').select(minutes)
  return `через ${minutes} ${form === 'one' ? 'минуту' : form === 'few' ? 'минуты' : 'минут'}`
}

function limiter(name: LimitName): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    ...limits[name],
  })
}

/** Addresses and e-mails are counted without being written down. */
function keyOf(name: LimitName, whose: string): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(`${name}:${networkOf(whose.toLowerCase())}`)
    .digest('base64url')
}

/** An IPv6 address counts as its /64: one subscriber line has that many addresses to come from. Else the text itself. */
export function networkOf(whose: string): string {
  if (!isIPv6(whose)) return whose
  const [head = '', tail] = (whose.split('%')[0] ?? '').split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const [first, last] = [groups(head), groups(tail ?? '')]
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  const network = [...first, ...(tail === undefined ? [] : zeros), ...last].slice(0, 4)
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
