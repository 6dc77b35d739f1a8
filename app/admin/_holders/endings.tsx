import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import { type Disconnection, disconnectionsOf } from '@/lib/holders/queries'
import { may } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'
import { day, formatDay, formatInstant } from '@/lib/units/day'

/** «Отключение»: accesses that can be ended, each with its page, and those that were, with their grounds. */
export async function EndingsCard({
  staff,
  of,
  open,
}: {
  staff: Staff
  of: { accountId: number } | { userId: string }
  /** Accesses in force; `words` tells them apart on this page. */
  open: readonly { accountNumber: string; userId: string; words: string }[]
}) {
  const ended = await disconnectionsOf(staff, of)
  const mayEnd = may(staff.roles, 'people.disconnect')
  if (ended.length === 0 && (open.length === 0 || !mayEnd)) return null
  return (
    <Card>
      <h2 className="mb-2">Отключение</h2>
      {mayEnd && open.length > 0 ? (
        <ul>
          {open.map(({ accountNumber, userId, words }) => (
            <li key={`${accountNumber}${userId}`}>
              <Link
                href={`/admin/accounts/${encodeURIComponent(accountNumber)}/disconnect/${userId}`}
                prefetch={false}
                className="inline-block py-2"
              >
                {`Отключить счёт: ${words}`}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {ended.length > 0 ? (
        <ul className="mt-2 grid gap-2">
          {ended.map((one) => (
            <li key={one.accessId}>
              {`Счёт ${one.accountNumber}, ${one.login}: ${groundWords(one)}, отключён ${formatInstant(one.disconnectedAt)}. ${one.note}`}{' '}
              {one.hasScan && mayEnd ? (
                <a
                  href={`/admin/accounts/${encodeURIComponent(one.accountNumber)}/disconnections/${one.accessId}`}
                  className="inline-block py-1"
                >
                  Скан заявления
                </a>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}

function groundWords({ kind, applicationNumber, applicationDay }: Disconnection): string {
  if (kind === 'owner-change') return 'сменился собственник'
  return `заявление № ${applicationNumber} от ${applicationDay ? formatDay(day(applicationDay)) : '—'}`
}
