import Link from 'next/link'
import { NavLink } from '@/app/_ui/nav-link'
import { paymentsWaiting } from '@/lib/payments/staff'
import { requireStaff } from '@/lib/session/require'

const rooms = [
  { href: '/admin/payments', exact: true, name: 'Все платежи' },
  { href: '/admin/payments/reconciliation', exact: false, name: 'Сверка' },
]

/** The rooms of the payments, with what waits for staff. */
export async function PaymentsNav() {
  const { quarantined, unanswered } = await paymentsWaiting(await requireStaff('payments.see'))
  const waiting = [
    { state: 'quarantined', name: 'В разборе', count: quarantined },
    { state: 'created', name: 'Без ответа дольше часа', count: unanswered },
  ]
  return (
    <nav aria-label="Платежи" className="print:hidden">
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
        {waiting.map(({ state, name, count }) => (
          <li key={state}>
            <Link
              href={`/admin/payments?state=${state}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center gap-1.5"
            >
              {name}
              <b className={`font-semibold ${count > 0 ? 'text-bad' : ''}`}>{count}</b>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
