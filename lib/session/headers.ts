import { env } from '@/lib/env'
import { isSecure } from './cookies'

/** The address asked for, as the first gate tells the second: where one comes back to after signing in. */
export const ASKED_HEADER = 'x-asked'

/** Content-Security-Policy of every page: our own files only, scripts by nonce, no inline style, no frames. */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    ["form-action 'self'", ...payingOrigins()].join(' '),
    "frame-ancestors 'none'",
    ...(isSecure() ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Where a form that pays leads to without scripts: browsers apply `form-action` to the redirect as well. */
function payingOrigins(): string[] {
  const { PAYMENTS, YOOKASSA_URL } = env()
  if (PAYMENTS !== 'yookassa') return []
  const { protocol, origin } = new URL(YOOKASSA_URL)
  if (protocol === 'http:') return [origin]
  return ['https://yookassa.ru', 'https://*.yookassa.ru', 'https://yoomoney.ru', 'https://*.yoomoney.ru']
}

/** The other security headers (OWASP ASVS 5.0 §3.4). Pages are never stored: they show somebody's account. */
export function securityHeaders(): readonly (readonly [string, string])[] {
  return [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['cache-control', 'no-store'],
    ...(isSecure() ? ([['strict-transport-security', 'max-age=31536000; includeSubDomains']] as const) : []),
  ]
}
