import { NavLink } from '@/app/_ui/nav-link'

const rooms = [
  { href: '/admin/exchange', exact: true, name: 'Файлы из биллинга' },
  { href: '/admin/exchange/out', exact: false, name: 'Выгрузки для биллинга' },
  { href: '/admin/exchange/profiles', exact: false, name: 'Профили' },
]

/** The rooms of the exchange. */
export function ExchangeNav() {
  return (
    <nav aria-label="Обмен">
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
