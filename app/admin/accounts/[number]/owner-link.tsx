import Link from 'next/link'
import { may } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'

/** The way to «Смена собственника», for whoever may record one. */
export function OwnerLink({ staff, accountNumber }: { staff: Staff; accountNumber: string }) {
  if (!may(staff.roles, 'accounts.change-owner')) return null
  return (
    <p>
      <Link
        href={`/admin/accounts/${encodeURIComponent(accountNumber)}/owner`}
        prefetch={false}
        className="inline-block py-2"
      >
        Смена собственника
      </Link>
    </p>
  )
}
