import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { decode, encode, getToken, type JWT, type JWTDecodeParams } from 'next-auth/jwt'
import { env } from '@/lib/env'

/** Whether people reach the service by https: then cookies are `Secure` and `__Host-`. */
export function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith('https:')
}

/** A cookie's name as browsers are to guard it: for this host alone, and never set by a page without TLS (ASVS 5.0 §3.3.3). */
export function hostCookie(name: string, secure = isSecure()): string {
  return secure ? `__Host-${name}` : name
}

/** The session cookie's name. */
export function sessionCookieName(): string {
  return hostCookie('session')
}

/** Cookie that says «this browser has signed in with this login before». */
export function deviceCookieName(): string {
  return hostCookie('device')
}

/** Set by the first page opened; absent on sending the login form = the browser keeps no cookies. */
export function probeCookieName(): string {
  return hostCookie('probe')
}

/** What all cookies of ours share. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const
}

/** The session id in the cookie of a request, or undefined: no cookie, or not one of ours. */
export async function sessionIdIn(headers: Headers): Promise<string | undefined> {
  const name = sessionCookieName()
  const token = await getToken({
    req: { headers },
    secret: env().AUTH_SECRET,
    cookieName: name,
    salt: name,
    secureCookie: isSecure(),
    decode: openedOnce,
    // A cookie that is broken or not ours is no cookie; nothing to log about it.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : undefined
}

const MOST_OPENED = 5_000
/** Cookies opened lately. What one says never changes; whether its session lives, the database is asked each time. */
const opened = new Map<string, JWT>()

async function openedOnce(sealed: JWTDecodeParams): Promise<JWT | null> {
  const { token = '' } = sealed
  const known = opened.get(token)
  if (known && Date.now() < (known.exp ?? 0) * 1_000) return known
  const says = await decode(sealed)
  if (opened.size >= MOST_OPENED) opened.clear()
  if (says) opened.set(token, says)
  return says
}

/** The value of a session cookie, as next-auth would make it; it says nothing after that many seconds. */
export async function sessionToken(id: string, maxAge: number): Promise<string> {
  return encode({ token: { sid: id }, secret: env().AUTH_SECRET, salt: sessionCookieName(), maxAge })
}

/** How many logins one browser is known for: a family shares it. */
const MARKS_KEPT = 5

/** A value for the device cookie: `login` is known from now on, beside those `before` was made for. */
export function deviceCookie(login: string, before?: string): string {
  const [nonce = randomBytes(16).toString('base64url'), ...marks] = before?.split('.') ?? []
  const mark = deviceMark(nonce, login)
  return [nonce, mark, ...marks.filter((one) => one !== mark)].slice(0, MARKS_KEPT + 1).join('.')
}

/** Whether the device cookie was made for this login, among others. */
export function knowsDevice(cookie: string | undefined, login: string): boolean {
  const [nonce, ...marks] = (cookie ?? '').split('.')
  if (!nonce) return false
  const expected = Buffer.from(deviceMark(nonce, login))
  return marks.slice(0, MARKS_KEPT).some((mark) => {
    const given = Buffer.from(mark)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function deviceMark(nonce: string, login: string): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(`device:${nonce}:${login.trim().toLowerCase()}`)
    .digest('base64url')
}
