import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import type { requestForDecision } from '@/lib/requests/queries'
import { refusalReasons } from '@/lib/requests/schema'
import { formatInstant } from '@/lib/units/day'

type Request = NonNullable<Awaited<ReturnType<typeof requestForDecision>>>['request']

/** Who decided the request, when and why; nothing while it waits. */
export function Decided({ request }: { request: Request }) {
  const { decision, decidedAt, decidedBy, user } = request
  if (!decision || !decidedAt) return null
  const when = `${decidedBy ?? ''} ${formatInstant(decidedAt)}`
  if (decision === 'refused')
    return (
      <Notice tone="plain" role="status" title={`Отказал(а) ${when}`}>
        <p>
          {reasonWords(request.refusalReason)}
          {request.refusalNote ? `. ${request.refusalNote}` : ''}
        </p>
      </Notice>
    )
  return (
    <Notice tone="good" role="status" title={`Подтвердил(а) ${when}`}>
      {user ? (
        <p>
          Доступ открыт пользователю{' '}
          <Link href={`/admin/people/${user.id}`} prefetch={false} className="inline-block py-1">
            {user.login}
          </Link>
          .
        </p>
      ) : null}
    </Notice>
  )
}

function reasonWords(reason: string | null): string {
  return Object.entries(refusalReasons).find(([code]) => code === reason)?.[1] ?? ''
}
