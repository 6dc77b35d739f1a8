import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { methodNames, stateNames } from '@/app/admin/payments/words'
import { enquiriesOfPerson } from '@/lib/enquiries/person'
import { paymentsOfPerson } from '@/lib/payments/person'
import { requestsOfPerson } from '@/lib/requests/person'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'

interface Of {
  staff: Staff
  userId: string
}

const decisions = { approved: 'подтверждена', refused: 'отказ' }

/** Requests for access that are this person's, or came from their e-mail. */
export async function Requests({ staff, userId }: Of) {
  const rows = await requestsOfPerson(staff, userId)
  return (
    <Dealings title="Заявки" none="Заявок не было.">
      {rows.map((row) => (
        <Line key={row.id} href={`/admin/requests/${row.id}`} name={`№ ${row.number}`}>
          {`, счёт ${row.accountNumber}, ${formatInstant(row.submittedAt)} — ${row.decision ? decisions[row.decision] : 'ждёт решения'}`}
        </Line>
      ))}
    </Dealings>
  )
}

/** What the person wrote to the company about. */
export async function Enquiries({ staff, userId }: Of) {
  const rows = await enquiriesOfPerson(staff, userId)
  return (
    <Dealings title="Обращения" none="Обращений не было.">
      {rows.map((row) => (
        <Line
          key={row.number}
          href={`/admin/enquiries/${row.number}`}
          name={`№ ${row.number}. ${row.subject}`}
        >
          {`, ${formatInstant(row.createdAt)}${row.state === 'open' ? ' — ждёт ответа' : ''}`}
        </Line>
      ))}
    </Dealings>
  )
}

/** What the person paid through the cabinet. */
export async function Payments({ staff, userId }: Of) {
  const rows = await paymentsOfPerson(staff, userId)
  return (
    <Dealings title="Платежи в кабинете" none="Через кабинет не платили.">
      {rows.map((row) => (
        <Line key={row.id} href={`/admin/payments/${row.id}`} name={`№ ${row.number}`}>
          {`, ${formatMoney(row.amount)} ${methodNames[row.method]}, ${formatInstant(row.createdAt)} — ${stateNames[row.state]}`}
        </Line>
      ))}
    </Dealings>
  )
}

function Dealings({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <Card>
      <h2 className="mb-2">{title}</h2>
      {children.length === 0 ? (
        <p className="text-soft">{none}</p>
      ) : (
        <ul className="grid gap-1">{children}</ul>
      )}
    </Card>
  )
}

function Line({ href, name, children }: { href: string; name: string; children: string }) {
  return (
    <li className="break-words">
      <Link href={href} prefetch={false} className="inline-block py-1">
        {name}
      </Link>
      {children}
    </li>
  )
}
