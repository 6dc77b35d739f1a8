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

/**
 * What a browser is told to forget with the page after «Выйти» (OWASP ASVS 5.0 §14.3.1). The cache alone: «storage» would take
 * readings that are still to be sent, «cookies» would make the person's own device a new one.
 */
export function clearing({
  pathname,
  searchParams,
}: Pick<URL, 'pathname' | 'searchParams'>): string | undefined {
  return pathname === '/personal/login' && searchParams.get('state') === 'out' ? '"cache"' : undefined
}

/** What every answer carries, files of the build and refusals of the front door too (OWASP ASVS 5.0 §3.4.1, §3.4.4, §3.4.6). */
export function headersEverywhere(secure = isSecure()): readonly (readonly [string, string])[] {
  return [
    ['x-content-type-options', 'nosniff'],
    ['content-security-policy', "frame-ancestors 'none'"],
    ...(secure ? ([HTTPS_ALWAYS] as const) : []),
  ]
}

const HTTPS_ALWAYS = ['strict-transport-security', 'max-age=31536000; includeSubDomains'] as const

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
    ...(isSecure() ? ([HTTPS_ALWAYS] as const) : []),
  ]
}
