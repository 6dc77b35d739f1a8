import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { z } from 'zod'
import { env } from '@/lib/env'
import { logProblem } from '@/lib/log'
import { clientAddress, deviceName } from './address'
import { cookieOptions, deviceCookieName, isSecure, knowsDevice, sessionCookieName } from './cookies'
import { sessionEnds } from './sessions'
import { signInWithPassword } from './sign-in'

const credentials = z.object({ login: z.string(), password: z.string(), shared: z.string().optional() })

/** Why next-auth was told not to sign somebody in; `code` goes back to our own action, never to an address. */
export class SignInRefused extends CredentialsSignin {
  constructor(readonly outcome: 'wrong' | 'blocked' | 'busy' | { minutes: number }) {
    super()
    this.code = typeof outcome === 'string' ? outcome : 'throttled'
  }
}

/**
 * next-auth: it issues, encrypts and clears the cookie. The cookie carries only the id of the session row;
 * who that is, and whether the row lives, is asked from the database on every request (`require.ts`).
 * Its HTTP endpoints are not mounted: signing in and out are our own server actions.
 */
export const { signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  session: { strategy: 'jwt', maxAge: sessionEnds.own.absoluteMs / 1000 },
  cookies: { sessionToken: { name: sessionCookieName(), options: cookieOptions() } },
  useSecureCookies: isSecure(),
  pages: { signIn: '/personal/login', error: '/personal/login' },
  logger: {
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) logProblem('sign-in failed', error)
    },
    warn: () => undefined,
    debug: () => undefined,
  },
  callbacks: {
    jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }),
  },
  providers: [Credentials({ credentials: { login: {}, password: {}, shared: {} }, authorize })],
}))

async function authorize(given: Partial<Record<string, unknown>>, request: Request): Promise<{ id: string }> {
  const { login, password, shared } = credentials.parse(given)
  const outcome = await signInWithPassword({
    login,
    password,
    shared: shared === 'on',
    address: clientAddress(request.headers),
    device: deviceName(request.headers),
    knownDevice: knowsDevice(cookieIn(request.headers, deviceCookieName()), login),
    now: new Date(),
  })
  if (outcome.kind === 'signed-in') return { id: outcome.sessionId }
  throw new SignInRefused(outcome.kind === 'throttled' ? { minutes: outcome.minutes } : outcome.kind)
}

function cookieIn(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
