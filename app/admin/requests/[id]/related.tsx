import Link from 'next/link'
import type { requestForDecision } from '@/lib/requests/queries'
import { formatDay, moscowDay } from '@/lib/units/day'

type Found = NonNullable<Awaited<ReturnType<typeof requestForDecision>>>
type Other = Found['earlier'][number]

/** Other requests for the account or with the same passport, and who sees the account already. */
export function Related({ found: { earlier, samePassport, holders } }: { found: Found }) {
  return (
    <>
      {earlier.length === 0 ? <p>Других заявок на счёт не было.</p> : null}
      <Requests title="Другие заявки на этот счёт" requests={earlier} />
      <Requests title="Заявки с тем же паспортом" requests={samePassport} />
      {holders.length > 0 ? (
        <>
          <h3 className="mt-3">Счёт уже видят</h3>
          <ul>
            {holders.map((holder) => (
              <li key={holder.userId}>
                <Link href={`/admin/people/${holder.userId}`} prefetch={false} className="inline-block py-1">
                  {holder.login}
                </Link>
                , {holder.name}, с {formatDay(moscowDay(holder.grantedAt))}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** More would push the decision off the screen. */
const SHOWN = 3

const decisions = { approved: 'подтверждена', refused: 'отказ' } as const

function Requests({ title, requests }: { title: string; requests: readonly Other[] }) {
  if (requests.length === 0) return null
  const [newest, older] = [requests.slice(0, SHOWN), requests.slice(SHOWN)]
  return (
    <>
      <h3 className="mt-3">{title}</h3>
      <List requests={newest} />
      {older.length > 0 ? (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
            Ещё {older.length}
          </summary>
          <List requests={older} />
        </details>
      ) : null}
    </>
  )
}

function List({ requests }: { requests: readonly Other[] }) {
  return (
    <ul>
      {requests.map((request) => (
        <li key={request.id}>
          <Link href={`/admin/requests/${request.id}`} prefetch={false} className="inline-block py-1">
            № {request.number}
          </Link>
          , {request.lastName} {request.firstName}, счёт {request.accountNumber},{' '}
          {formatDay(moscowDay(request.submittedAt))} —{' '}
          {request.decision ? decisions[request.decision] : 'ждёт ответа'}
        </li>
      ))}
    </ul>
  )
}
