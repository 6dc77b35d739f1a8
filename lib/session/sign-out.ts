import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import { clientAddress } from './address'
import { cookieOptions, deviceCookieName, probeCookieName } from './cookies'
import { currentSession } from './require'
import { revokeSession } from './sessions'

/** Ends the session row first (so a copied cookie is worthless), then clears the cookies. */
export async function signOutWork(): Promise<never> {
  const session = await currentSession()
  if (session.kind === 'live' || session.kind === 'halfway') {
    const { user, idHash } = session
    const address = clientAddress(await headers())
    await db().transaction(async (tx) => {
      await revokeSession(tx, idHash)
      await record(
        tx,
        { userId: user.id, login: user.login, address },
        { action: 'session.ended', subject: { kind: 'user', id: user.id, label: user.login } },
      )
    })
  }
  const jar = await cookies()
  // Nothing of the person stays, but that the device is known (absent on «Чужой компьютер»).
  const staying = [deviceCookieName(), probeCookieName()]
  // With its attributes: browsers heed nothing said about a `__Host-` cookie that is not itself `Secure`.
  for (const { name } of jar.getAll()) if (!staying.includes(name)) jar.delete({ name, ...cookieOptions() })
  redirect('/personal/login?state=out')
}
