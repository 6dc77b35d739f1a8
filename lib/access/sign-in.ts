import { eq } from 'drizzle-orm'
import { cookies } from 'next/headers'
import { db } from '@/db/client'
import { users } from '@/db/schema'
import { documentsDue } from '@/lib/documents/acceptance'
import { ok, type Result, refused } from '@/lib/result'
import { SignInRefused, signIn } from '@/lib/session/auth'
import {
  cookieOptions,
  deviceCookie,
  deviceCookieName,
  probeCookieName,
  sessionCookieName,
  sessionToken,
} from '@/lib/session/cookies'
import { currentSession, type Halfway } from '@/lib/session/require'
import { takeCode } from '@/lib/session/second-factor'
import { revokeSession, sessionEnds } from '@/lib/session/sessions'
import { inMinutes } from '@/lib/session/throttle'
import { currentSettings } from '@/lib/settings/queries'

const DEVICE_DAYS = 400

/**
 * Signs in through next-auth, which sets the cookie. On «Чужой компьютер» the cookie ends with the browser and
 * the device is not remembered. Refused: `cookies`, `wrong`, `blocked`, `busy`, `throttled`.
 * @returns what stands before the cabinet: the second step of staff, documents a subscriber has yet to accept
 */
export async function signInBy(input: {
  login: string
  password: string
  shared?: string | undefined
}): Promise<Result<{ before: 'code' | 'agreement' | undefined }>> {
  const jar = await cookies()
  if (!jar.has(probeCookieName())) return refused('cookies', NO_COOKIES)
  const before = await currentSession()
  try {
    await signIn('credentials', { ...input, shared: input.shared ?? '', redirect: false })
  } catch (error) {
    if (error instanceof SignInRefused) return refused(error.code, await wordsFor(error.outcome))
    throw error
  }
  // A sign-in over another one ends it: two people may share a computer, not a session.
  if (before.kind === 'live' || before.kind === 'halfway') await revokeSession(db(), before.idHash)
  if (input.shared) {
    const session = jar.get(sessionCookieName())
    if (session) jar.set(session.name, session.value, cookieOptions())
  } else {
    jar.set(deviceCookieName(), deviceCookie(input.login, jar.get(deviceCookieName())?.value), {
      ...cookieOptions(),
      maxAge: DEVICE_DAYS * 86_400,
    })
  }
  return ok({ before: await stepBefore(input.login) })
}

async function stepBefore(login: string): Promise<'code' | 'agreement' | undefined> {
  const [user] = await db()
    .select({ id: users.id, kind: users.kind })
    .from(users)
    .where(eq(users.login, login.toLowerCase()))
  if (!user) return undefined
  if (user.kind === 'staff') return 'code'
  return (await documentsDue(db(), user.id)).due.length > 0 ? 'agreement' : undefined
}

const NO_COOKIES =
  'Браузер не сохраняет файлы cookie, а без них вход не запомнить. Разрешите cookie для этого сайта в настройках браузера и откройте страницу входа заново.'

async function wordsFor(outcome: SignInRefused['outcome']): Promise<string> {
  if (outcome === 'wrong') return 'Неверный логин или пароль'
  if (outcome === 'busy') return 'Сейчас слишком много входов. Попробуйте через минуту.'
  if (outcome !== 'blocked') return `Слишком много попыток. Попробуйте ${inMinutes(outcome.minutes)}.`
  const { phones } = (await currentSettings()).company
  return `Доступ временно приостановлен. Позвоните нам: ${phones.map((phone) => phone.text).join(', ')}.`
}

/**
 * The second step of staff: a right code makes the session whole, under a new id in the cookie. Refused: `wrong`,
 * `throttled`, `ended`. @returns whether the second factor was set up by it
 */
export async function passSecondStep(halfway: Halfway, code: string): Promise<Result<{ first: boolean }>> {
  const result = await takeCode(halfway, code, new Date())
  if (result.status !== 'ok') return result
  const maxAge = sessionEnds.staff.absoluteMs / 1000
  const jar = await cookies()
  jar.set(sessionCookieName(), await sessionToken(result.value.sessionId, maxAge), {
    ...cookieOptions(),
    maxAge,
  })
  return ok({ first: result.value.first })
}
