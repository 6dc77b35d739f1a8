import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { logRefusal } from '@/lib/log'
import { clientAddress } from './address'
import { sessionIdIn } from './cookies'
import { AGREEMENT_PAGE } from './gate'
import { ASKED_HEADER } from './headers'
import { may, type Permission, type StaffRole } from './permissions'
import { type LiveSession, type SessionMode, type SessionState, sessionState } from './sessions'

declare const subscriberBrand: unique symbol
declare const staffBrand: unique symbol
declare const halfwayBrand: unique symbol

interface Person {
  readonly userId: string
  readonly login: string
  readonly name: string
  readonly address: string
  /** SHA-256 of the session's id; never leaves the server. */
  readonly sessionHash: Buffer
}
/** A signed-in subscriber. Only this file makes one, so a query that takes one cannot run unauthorised. */
export type Subscriber = Person & { readonly mode: SessionMode; readonly [subscriberBrand]: true }
/** A signed-in member of staff; made here only, for whoever may do what was asked. */
export type Staff = Person & { readonly roles: readonly StaffRole[]; readonly [staffBrand]: true }

/** A member of staff who has typed the password and not yet shown the second factor. */
export type Halfway = Pick<Person, 'userId' | 'login' | 'address' | 'sessionHash'> & {
  readonly startedAt: Date
  readonly [halfwayBrand]: true
}

/** What this request's cookie amounts to; asked from the database once per request. */
export const currentSession = cache(
  async (): Promise<SessionState> => sessionState(await sessionIdIn(await headers()), new Date()),
)

/**
 * The subscriber of this request; others are sent to the login, to the page on suspended access, or to the office, and who has
 * something to accept first to that page. `accepting`: that page itself and its form.
 */
export async function requireSubscriber({ accepting = false } = {}): Promise<Subscriber> {
  const session = await currentSession()
  if (session.kind === 'blocked') redirect('/personal/suspended')
  if (session.kind === 'halfway') redirect(CODE_PAGE)
  if (session.kind !== 'live') redirect(`/personal/login${await wayBack(session.kind)}`)
  if (session.user.kind !== 'subscriber') redirect('/admin')
  if (session.mustAccept !== null && !accepting) redirect(AGREEMENT_PAGE)
  return subscriberOf(session)
}

/**
 * The same for a form, which says itself that the sign-in has ended (undefined) and keeps what was typed. Without scripts
 * nothing could be kept: the page itself would be asked for, so that leads to the login.
 */
export async function subscriberOfForm(whoever: { accepting: boolean }): Promise<Subscriber | undefined> {
  return (await mayKeepTyped()) ? undefined : requireSubscriber(whoever)
}

async function mayKeepTyped(): Promise<boolean> {
  const { kind } = await currentSession()
  return (kind === 'anonymous' || kind === 'ended') && (await headers()).has(SENT_BY_SCRIPT)
}

/**
 * The subscriber of this request, for what cannot be sent elsewhere; undefined when nobody has signed in, or staff have, or
 * the person has something to accept first.
 */
export async function currentSubscriber(): Promise<Subscriber | undefined> {
  const session = await currentSession()
  if (session.kind !== 'live' || session.user.kind !== 'subscriber') return undefined
  return session.mustAccept === null ? subscriberOf(session) : undefined
}

/**
 * The member of staff of this request, who may do that; a subscriber meets the 404 page, as if nothing were here, and so does
 * a member of staff whose roles do not allow it.
 */
export async function requireStaff(permission: Permission): Promise<Staff> {
  const session = await currentSession()
  if (session.kind === 'halfway') redirect(CODE_PAGE)
  if (session.kind === 'anonymous' || session.kind === 'ended')
    redirect(`/personal/login${await wayBack(session.kind)}`)
  return staffOf(session, permission)
}

/** The same for a form, as `subscriberOfForm`. */
export async function staffOfForm(permission: Permission): Promise<Staff | undefined> {
  return (await mayKeepTyped()) ? undefined : requireStaff(permission)
}

async function staffOf(session: LiveSession | { kind: 'blocked' }, permission: Permission): Promise<Staff> {
  if (session.kind === 'blocked') redirect('/personal/suspended')
  const { kind, roles } = session.user
  if (kind !== 'staff' || !may(roles, permission)) {
    noteRefused(session, permission)
    notFound()
  }
  const staff: Omit<Staff, typeof staffBrand> = { ...(await person(session)), roles }
  return staff as Staff
}

/** Tells the log that somebody who has signed in asked for what is not theirs to do; once per request. */
export function noteRefused({ user }: LiveSession, permission: Permission): void {
  tell(user.id, permission)
}

const tell = cache((user: string, code: string) => logRefusal('not permitted', { user, code }))

/**
 * The member of staff whose second factor this request is about; who has shown it goes to the office, everybody else to the
 * login.
 */
export async function requireHalfway(): Promise<Halfway> {
  const session = await currentSession()
  if (session.kind === 'blocked') redirect('/personal/suspended')
  if (session.kind === 'live') redirect('/personal')
  if (session.kind !== 'halfway') redirect('/personal/login')
  const { user, idHash, startedAt } = session
  const address = clientAddress(await headers())
  return { userId: user.id, login: user.login, address, sessionHash: idHash, startedAt } as Halfway
}

async function wayBack(kind: 'anonymous' | 'ended'): Promise<string> {
  const asked = (await headers()).get(ASKED_HEADER)
  const query = new URLSearchParams({
    ...(asked ? { next: asked } : {}),
    ...(kind === 'ended' ? { state: kind } : {}),
  })
  return query.size > 0 ? `?${query}` : ''
}

const CODE_PAGE = '/personal/login/code'
/** The header by which the framework's script names the action it sends a form to. */
const SENT_BY_SCRIPT = 'next-action'

async function subscriberOf(session: LiveSession): Promise<Subscriber> {
  return { ...(await person(session)), mode: session.mode } as Subscriber
}

async function person({ user, idHash }: LiveSession): Promise<Person> {
  const address = clientAddress(await headers())
  return { userId: user.id, login: user.login, name: user.name, address, sessionHash: idHash }
}
