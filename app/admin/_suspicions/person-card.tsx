import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { type Suspicion, suspicionsAbout } from '@/lib/access/suspicions'
import { may } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { SettleForms } from './settle-forms'

/** Signs that the person's account may be in strange hands, on their page; the newest open one can be settled here. */
export async function SuspicionsCard({ staff, userId }: { staff: Staff; userId: string }) {
  const signs = await suspicionsAbout(staff, userId)
  if (signs.length === 0) return null
  const [first, ...rest] = signs.filter(({ settled }) => !settled)
  return (
    <Card className="grid gap-3">
      <h2>Подозрительное</h2>
      {first ? (
        <>
          <SignWords sign={first} />
          {may(staff.roles, 'suspicions.settle') ? (
            <SettleForms
              key={first.id}
              suspicionId={first.id}
              blockReason={first.blockReason}
              back="person"
            />
          ) : null}
        </>
      ) : null}
      {rest.map((sign) => (
        <p key={sign.id}>
          <SignWords sign={sign} />{' '}
          <Link
            href={`/admin/people/suspicions?sign=${sign.id}`}
            prefetch={false}
            className="inline-block py-1"
          >
            Разобрать
          </Link>
        </p>
      ))}
      <SettledSigns signs={signs.filter(({ settled }) => settled)} />
    </Card>
  )
}

/** What was seen, and when it was noticed. */
export function SignWords({ sign: { name, words, raisedAt } }: { sign: Suspicion }) {
  return (
    <span className="block">
      <Badge tone="warn">{name}</Badge> {words}{' '}
      <span className="text-soft">Замечено {formatInstant(raisedAt)}.</span>
    </span>
  )
}

const outcomes = { blocked: 'заблокировал(а)', dismissed: 'не опасно, решил(а)' } as const

/** Signs that were settled: by whom, how and why. */
export function SettledSigns({ signs }: { signs: readonly Suspicion[] }) {
  if (signs.length === 0) return null
  return (
    <ul className="grid gap-3">
      {signs.map(({ id, name, words, settled }) => (
        <li key={id}>
          <Badge>{name}</Badge> {words}
          {settled ? (
            <span className="block text-soft">
              {`${formatInstant(settled.at)} — ${outcomes[settled.outcome]} ${settled.by}: ${settled.reason}`}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
