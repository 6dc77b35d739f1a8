import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { personForStaff } from '@/lib/access/queries'
import { formatInstant } from '@/lib/units/day'
import { formatPhone } from '@/lib/units/phone'

type Person = NonNullable<Awaited<ReturnType<typeof personForStaff>>>

/** How the person signs in and is reached. */
export function About({ person }: { person: Person }) {
  return (
    <Card>
      <h2 className="mb-2">Контакты</h2>
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <Fact name="Логин">{person.login}</Fact>
        <Fact name="Почта">{person.email}</Fact>
        <Fact name="Телефон">{person.phone ? formatPhone(person.phone) : '—'}</Fact>
        <Fact name="С нами с">{formatInstant(person.createdAt)}</Fact>
      </dl>
      <May permission="audit.see">
        <p className="mt-3">
          <Link href={`/admin/audit?subject=${person.login}`} prefetch={false} className="inline-block py-2">
            Записи в журнале
          </Link>
        </p>
      </May>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  )
}
