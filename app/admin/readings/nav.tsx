import { NavLink } from '@/app/_ui/nav-link'
import { deskCounts } from '@/lib/readings/desk'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'

const rooms = [
  { href: '/admin/readings', exact: true, name: 'Ввод', count: undefined },
  {
    href: '/admin/readings/sheet',
    exact: false,
    name: 'Из таблицы',
    count: undefined,
    needs: 'readings.enter',
  },
  { href: '/admin/readings/houses', exact: false, name: 'По домам', count: undefined },
  { href: '/admin/readings/doubts', exact: false, name: 'Сомнения', count: 'doubts' },
  { href: '/admin/readings/corrections', exact: false, name: 'Исправления', count: 'corrections' },
  { href: '/admin/readings/common', exact: false, name: 'Общедомовые', count: undefined },
] as const

/** The rooms of the readings, with what waits in them. */
export async function ReadingsNav() {
  const staff = await requireStaff('readings.see')
  const counts = await deskCounts(staff)
  const open = rooms.filter((room) => !('needs' in room) || may(staff.roles, room.needs))
  return (
    <nav aria-label="Показания" className="print:hidden">
      <ul className="flex flex-wrap gap-x-5">
        {open.map(({ href, exact, name, count }) => (
          <li key={href}>
            <NavLink
              href={href}
              exact={exact}
              className="inline-flex min-h-11 items-center gap-1.5 aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {name}
              {count && counts[count] > 0 ? <b className="font-semibold">{counts[count]}</b> : null}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
