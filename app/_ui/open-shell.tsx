import Link from 'next/link'
import type { ReactNode } from 'react'
import { currentSession } from '@/lib/session/require'
import { Shell } from './shell'

/** Pages anybody may open; somebody signed in finds the way back to the cabinet. */
export async function OpenShell({ children, login = true }: { children: ReactNode; login?: boolean }) {
  const session = await currentSession()
  const aside =
    session.kind === 'live' ? (
      <Way href="/personal">В кабинет</Way>
    ) : login && session.kind !== 'halfway' ? (
      <Way href="/personal/login">Войти</Way>
    ) : null
  return <Shell aside={aside}>{children}</Shell>
}

function Way({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="inline-flex min-h-11 items-center">
      {children}
    </Link>
  )
}
