import Link from 'next/link'
import type { ReactNode } from 'react'
import { SignOut } from '@/app/personal/_phone/sign-out'
import { currentSession, requireStaff } from '@/lib/session/require'
import { sessionEnds } from '@/lib/session/sessions'
import { Logo } from './logo'
import { NavLink } from './nav-link'
import { roomsFor } from './office-rooms'
import { SessionEnd } from './session-end'
import { SkipLink } from './shell'

/** Pages of staff: denser, one row of rooms. */
export async function OfficeShell({ children }: { children: ReactNode }) {
  const staff = await requireStaff('office.enter')
  return (
    <div className="office min-h-dvh text-[0.94rem]">
      <SkipLink />
      <header className="border-b border-line bg-card print:hidden">
        <div className="flex flex-wrap items-center gap-x-6 px-5">
          <Link
            href="/admin"
            prefetch={false}
            className="flex min-h-13 items-center gap-3.5 font-semibold text-ink no-underline"
          >
            <Logo />
            Кабинет сотрудника
          </Link>
          <nav aria-label="Разделы" className="order-3 w-full overflow-x-auto wide:overflow-visible">
            <ul className="flex wide:flex-wrap">
              {roomsFor(staff.roles).map(({ href, name }) => (
                <li key={href}>
                  <NavLink
                    href={href}
                    className="flex min-h-11 items-center border-b-3 border-transparent px-3 text-soft no-underline aria-[current]:border-water aria-[current]:font-semibold aria-[current]:text-ink"
                  >
                    {name}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex items-center gap-2 text-soft">
            {staff.login}
            <SignOut />
          </div>
        </div>
      </header>
      <Ends />
      <main id="main" className="mx-auto max-w-[90rem] px-5 py-6">
        {children}
      </main>
    </div>
  )
}

/** Tells in time that the sign-in ends. */
async function Ends() {
  const session = await currentSession()
  if (session.kind !== 'live') return null
  const now = Date.now()
  const { idleMs } = sessionEnds.staff
  return (
    <SessionEnd
      idleMs={idleMs}
      leftMs={session.idleEndsAt.getTime() - now}
      dayMs={session.endsAt.getTime() - now}
      stamp={now}
    />
  )
}
