import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { personForStaff } from '@/lib/access/queries'
import { deviceWords } from '@/lib/session/device'
import { formatInstant } from '@/lib/units/day'

type Person = NonNullable<Awaited<ReturnType<typeof personForStaff>>>

const modes = { own: 'своё устройство', shared: 'чужой компьютер', staff: 'сотрудник' }

/** Which accounts the person sees, and by which request. */
export function Accesses({ access }: Pick<Person, 'access'>) {
  return (
    <Card>
      <h2 className="mb-2">Лицевые счета</h2>
      {access.length === 0 ? <p className="text-soft">Своих счетов нет.</p> : null}
      <ul className="grid gap-2">
        {access.map((one) => (
          <li key={`${one.accountNumber}${one.grantedAt.toISOString()}`}>
            <Link
              href={`/admin/accounts/${encodeURIComponent(one.accountNumber)}`}
              prefetch={false}
              className="inline-block py-1 font-semibold"
            >
              {one.accountNumber}
            </Link>
            , {one.address}{' '}
            <span className="text-soft">
              — с {formatInstant(one.grantedAt)}
              {one.endedAt ? ` по ${formatInstant(one.endedAt)}` : ''}
              {one.requestId ? (
                <>
                  , по{' '}
                  <May permission="requests.see" otherwise={`заявке № ${one.requestNumber}`}>
                    <Link
                      href={`/admin/requests/${one.requestId}`}
                      prefetch={false}
                      className="inline-block py-1"
                    >
                      заявке № {one.requestNumber}
                    </Link>
                  </May>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The last sign-ins: when, from where, on what. */
export function SignIns({ signIns }: Pick<Person, 'signIns'>) {
  return (
    <Card>
      <h2 className="mb-2">Последние входы</h2>
      {signIns.length === 0 ? <p className="text-soft">Входов ещё не было.</p> : null}
      <ul className="grid gap-2">
        {signIns.map((one) => (
          <li key={one.createdAt.toISOString()} className="border-b border-line pb-2 last:border-0 last:pb-0">
            {formatInstant(one.createdAt)}, {modes[one.mode]}, адрес {one.address || 'неизвестен'}{' '}
            {one.live ? <Badge tone="good">открыт</Badge> : null}
            <span className="block text-[0.9em] text-soft">{deviceWords(one.device)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Blocks there were: who, when, why, and how each ended. */
export function Blocks({ history }: Pick<Person, 'history'>) {
  if (history.length === 0) return null
  return (
    <Card>
      <h2 className="mb-2">История блокировок</h2>
      <ul className="grid gap-3">
        {history.map((one) => (
          <li key={one.blockedAt.toISOString()}>
            <p>
              {formatInstant(one.blockedAt)} — заблокировал(а) {one.blockedBy}: {one.blockReason}
            </p>
            {one.unblockedAt ? (
              <p>
                {formatInstant(one.unblockedAt)} — разблокировал(а) {one.unblockedBy}: {one.unblockReason}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
