import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { Identification } from '@/lib/access/own-accounts'
import { formatDay, moscowDay } from '@/lib/units/day'

/** In the place of the passport: a further account is asked for by somebody whose passport was seen before. */
export function Identified({
  userId,
  identification,
}: {
  userId: string | null
  identification: Identification | undefined
}) {
  return (
    <Card className="grid gap-2">
      <h2>Уже опознан(а)</h2>
      <p>
        Заявка на ещё один счёт подана из личного кабинета, паспорт второй раз не спрашиваем.{' '}
        {identification ? <Grounds identification={identification} /> : null}
      </p>
      {userId ? (
        <p>
          <Link href={`/admin/people/${userId}`} prefetch={false} className="inline-block py-1">
            Страница человека
          </Link>
        </p>
      ) : null}
    </Card>
  )
}

function Grounds({
  identification: { request, accountNumber, grantedAt },
}: {
  identification: Identification
}) {
  const since = formatDay(moscowDay(grantedAt))
  if (!request) return <>{`Доступ к счёту ${accountNumber} мы дали ${since}.`}</>
  return (
    <>
      Опознан(а) по заявке{' '}
      <Link href={`/admin/requests/${request.id}`} prefetch={false} className="inline-block py-1">
        № {request.number}
      </Link>{' '}
      {`на счёт ${accountNumber}, ${since}.`}
    </>
  )
}
