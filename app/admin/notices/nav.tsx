import { NavLink } from '@/app/_ui/nav-link'

const rooms = [
  { href: '/admin/notices', exact: true, name: 'Все объявления' },
  { href: '/admin/notices/undelivered', exact: false, name: 'Не доставлено' },
]

/** The rooms of notices. */
export function NoticesNav() {
  return (
    <nav aria-label="Объявления" className="print:hidden">
      <ul className="flex flex-wrap gap-x-5">
        {rooms.map(({ href, exact, name }) => (
          <li key={href}>
            <NavLink
              href={href}
              exact={exact}
              className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
