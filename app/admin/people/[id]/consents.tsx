import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { consentsOfPerson } from '@/lib/access/person'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'

const kinds = {
  agreement: { name: 'Пользовательское соглашение', page: '/personal/documents/agreement' },
  personal_data: { name: 'Согласие на обработку персональных данных', page: '/personal/documents/consent' },
  messages: { name: 'Звонки, SMS и письма', page: undefined },
} as const

/** What the person agreed to and when, and what they took back. */
export async function Consents({ staff, userId }: { staff: Staff; userId: string }) {
  const rows = await consentsOfPerson(staff, userId)
  return (
    <Card>
      <h2 className="mb-2">Согласия</h2>
      {rows.length === 0 ? <p className="text-soft">Согласий нет.</p> : null}
      <ul className="grid gap-1">
        {rows.map(({ id, kind, version, givenAt, withdrawnAt }) => (
          <li key={id}>
            <Named kind={kind} version={version} />
            {`, дано ${formatInstant(givenAt)} `}
            {withdrawnAt ? <Badge>{`отозвано ${formatInstant(withdrawnAt)}`}</Badge> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Named({ kind, version }: { kind: keyof typeof kinds; version: number | null }) {
  const { name, page } = kinds[kind]
  if (!page || version === null) return name
  return (
    <Link href={`${page}/${version}`} prefetch={false} className="inline-block py-1">
      {`${name}, версия ${version}`}
    </Link>
  )
}
