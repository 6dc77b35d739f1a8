import { Badge } from '@/app/_ui/box'
import { NavLink } from '@/app/_ui/nav-link'
import { openSuspicions } from '@/lib/access/suspicions'
import type { Staff } from '@/lib/session/require'

const look =
  'inline-flex min-h-11 items-center gap-2 border-b-3 border-transparent text-soft no-underline aria-[current]:border-water aria-[current]:font-semibold aria-[current]:text-ink'

/** The pages of «Люди», with how many signs of suspicion wait. */
export async function PeopleNav({ staff }: { staff: Staff }) {
  const waiting = await openSuspicions(staff)
  return (
    <nav aria-label="Люди" className="flex flex-wrap gap-x-6">
      <NavLink href="/admin/people" exact className={look}>
        Все люди
      </NavLink>
      <NavLink href="/admin/people/suspicions" className={look}>
        Подозрительное
        {waiting > 0 ? <Badge tone="warn">{waiting}</Badge> : null}
      </NavLink>
    </nav>
  )
}
