import { NavLink } from '@/app/_ui/nav-link'

const rooms = [
  { href: '/admin/readings', exact: true, name: 'Ввод' },
  { href: '/admin/readings/sheet', exact: false, name: 'Из таблицы' },
  { href: '/admin/readings/houses', exact: false, name: 'По домам' },
]

/** The rooms of the readings. */
export function ReadingsNav() {
  return (
    <nav aria-label="Показания" className="print:hidden">
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
