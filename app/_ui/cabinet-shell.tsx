import type { ReactNode } from 'react'
import { SignOut } from '@/app/personal/_phone/sign-out'

import { MoreTab } from './more-tab'
import { NavLink } from './nav-link'
import { Shell } from './shell'

const tabs = [
  { href: '/personal', exact: true, long: 'Обзор', short: 'Обзор', icon: 'm4 11 8-7 8 7v9H4Zm6 9v-6h4v6' },
  {
    href: '/personal/ledger',
    exact: false,
    long: 'Лицевой счёт',
    short: 'Счёт',
    icon: 'M6 3h12v18l-3-2-3 2-3-2-3 2Zm3 5h6m-6 4h6',
  },
  {
    href: '/personal/readings',
    exact: false,
    long: 'Показания',
    short: 'Показания',
    icon: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 8 3-4',
  },
]

/** A tab like the others on a desk, under «Ещё» on a phone. */
const more = [
  { href: '/personal/payments', name: 'Платежи' },
  { href: '/personal/enquiries', name: 'Обращения' },
  { href: '/personal/profile', name: 'Профиль' },
]

/** Pages of a signed-in subscriber: rows of tabs on a desk, a bar of tabs on a phone, «Выйти» always in sight. */
export function CabinetShell({ children }: { children: ReactNode }) {
  return (
    <Shell tabs aside={<SignOut />} nav={<Tabs />}>
      {children}
    </Shell>
  )
}

function Tabs() {
  return (
    <nav
      aria-label="Разделы"
      className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-card wide:static wide:border-t-0 wide:border-b print:hidden"
    >
      <ul className="mx-auto flex max-w-6xl wide:px-5">
        {tabs.map(({ href, exact, long, short, icon }) => (
          <li key={href} className="flex-1 wide:flex-none">
            <NavLink
              href={href}
              exact={exact}
              className="flex min-h-16 flex-col items-center justify-center gap-0.5 border-water px-3.5 text-[0.75rem] text-soft no-underline aria-[current]:font-semibold aria-[current]:text-water wide:min-h-13 wide:text-[1rem] wide:aria-[current]:border-b-3 wide:aria-[current]:text-ink"
            >
              <svg
                viewBox="0 0 24 24"
                className="size-6 fill-none stroke-current wide:hidden"
                strokeWidth="1.8"
                aria-hidden="true"
              >
                <path d={icon} strokeLinejoin="round" strokeLinecap="round" />
              </svg>
              <span className="wide:hidden">{short}</span>
              <span className="hidden wide:inline">{long}</span>
            </NavLink>
          </li>
        ))}
        {more.map(({ href, name }) => (
          <li key={href} className="hidden wide:block">
            <NavLink
              href={href}
              className="flex min-h-13 items-center border-water px-3.5 text-soft no-underline aria-[current]:border-b-3 aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {name}
            </NavLink>
          </li>
        ))}
        <li className="flex-1 wide:hidden">
          <MoreTab paths={more.map(({ href }) => href)}>
            {more.map(({ href, name }) => (
              <li key={href}>
                <NavLink
                  href={href}
                  className="flex min-h-12 items-center rounded-control px-3 text-ink no-underline aria-[current]:font-semibold aria-[current]:text-water"
                >
                  {name}
                </NavLink>
              </li>
            ))}
          </MoreTab>
        </li>
      </ul>
    </nav>
  )
}
