import { env } from '@/lib/env'

/**
 * The visitor's network address: the entry of X-Forwarded-For that the outermost proxy of ours wrote.
 * With no proxy the server process itself writes the header from the socket, so it cannot be forged.
 */
export function clientAddress(headers: Headers): string {
  const entries = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  const ours = Math.max(env().TRUSTED_PROXIES, 1)
  return (entries.at(-ours) ?? entries[0] ?? '').replace(/^::ffff:/, '').slice(0, 64)
}

/** Name of the browser as it calls itself, shortened; shown to the person in their list of sign-ins. */
export function deviceName(headers: Headers): string {
  return (headers.get('user-agent') ?? '').slice(0, 200)
}

/**
 * Whether a form came from our own pages (OWASP ASVS 5.0 §3.5): Origin is our public address,
 * or the browser vouches for the same origin.
 */
export function isOwnOrigin(headers: Headers): boolean {
  return headers.get('origin') === env().PUBLIC_URL || headers.get('sec-fetch-site') === 'same-origin'
}
