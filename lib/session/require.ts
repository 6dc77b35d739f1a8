import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { clientAddress } from './address'
import { sessionIdIn } from './cookies'
import { type LiveSession, type SessionMode, type SessionState, sessionState } from './sessions'

declare const subscriberBrand: unique symbol
declare const staffBrand: unique symbol

interface Person {
  readonly userId: string
  readonly login: string
  readonly name: string
  readonly address: string
}
/** A signed-in subscriber. Only this file makes one, so a query that takes one cannot run unauthorised. */
export type Subscriber = Person & { readonly mode: SessionMode; readonly [subscriberBrand]: true }
/** A signed-in member of staff; made here only. Roles and the second factor will be checked at this place. */
export type Staff = Person & { readonly [staffBrand]: true }

/** What this request's cookie amounts to; asked from the database once per request. */
export const currentSession = cache(
  async (): Promise<SessionState> => sessionState(await sessionIdIn(await headers()), new Date()),
)

/** The subscriber of this request; others are sent to the login, to the page on suspended access, or to the office. */
export async function requireSubscriber(): Promise<Subscriber> {
  const session = await currentSession()
  if (session.kind === 'blocked') redirect('/personal/suspended')
  if (session.kind !== 'live') redirect('/personal/login')
  if (session.user.kind !== 'subscriber') redirect('/admin')
  return subscriberOf(session)
}

/** The subscriber of this request, for what cannot be sent elsewhere; undefined when nobody has signed in, or staff have. */
export async function currentSubscriber(): Promise<Subscriber | undefined> {
  const session = await currentSession()
  return session.kind === 'live' && session.user.kind === 'subscriber' ? subscriberOf(session) : undefined
}

/** The member of staff of this request; a subscriber meets the 404 page, as if nothing were here. */
export async function requireStaff(): Promise<Staff> {
  const session = await currentSession()
  if (session.kind === 'blocked') redirect('/personal/suspended')
  if (session.kind !== 'live') redirect('/personal/login')
  if (session.user.kind !== 'staff') notFound()
  return (await person(session.user)) as Staff
}

async function subscriberOf({ user, mode }: LiveSession): Promise<Subscriber> {
  return { ...(await person(user)), mode } as Subscriber
}

async function person(user: { id: string; login: string; name: string }): Promise<Person> {
  return { userId: user.id, login: user.login, name: user.name, address: clientAddress(await headers()) }
}
