import { NavLink } from '@/app/_ui/nav-link'

const rooms = [
  { href: '/admin/enquiries', exact: true, name: 'Очередь' },
  { href: '/admin/enquiries/templates', exact: false, name: 'Заготовки ответов' },
]

/** The rooms of enquiries. */
export function EnquiriesNav() {
  return (
    <nav aria-label="Обращения" className="print:hidden">
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
