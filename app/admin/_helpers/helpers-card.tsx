import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { isOpen } from '@/lib/helper-access/rules'
import type { HelperForStaff } from '@/lib/helper-access/staff'
import { formatDay, formatInstant } from '@/lib/units/day'
import { EndForm } from './end-form'

/** Who may send readings for whom, until when, and «Прекратить». `back`: the page this stands on. */
export function HelpersCard({ helpers, back }: { helpers: readonly HelperForStaff[]; back: string }) {
  if (helpers.length === 0) return null
  const open = helpers.filter(({ state }) => isOpen(state) || state === 'paused')
  return (
    <Card className="grid gap-3">
      <h2>Помощники</h2>
      <ul className="grid gap-2">
        {helpers.map((one) => (
          <li key={one.id} className="border-b border-line pb-2 last:border-0 last:pb-0">
            <Line helper={one} />
          </li>
        ))}
      </ul>
      {open.length > 0 ? (
        <May permission="helpers.end">
          <EndForm
            back={back}
            helpers={open.map(({ id, name, accountNumber }) => ({
              id,
              label: `${name}, счёт ${accountNumber}`,
            }))}
          />
        </May>
      ) : null}
    </Card>
  )
}

function Line({ helper: one }: { helper: HelperForStaff }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3">
        <Link
          href={`/admin/accounts/${encodeURIComponent(one.accountNumber)}`}
          prefetch={false}
          className="inline-block py-1"
        >
          {`Счёт ${one.accountNumber}`}
        </Link>
        <StateBadge helper={one} />
      </div>
      <p className="break-words">
        {`Помогает: ${one.name}, ${one.email}`}
        {one.helper ? (
          <>
            {', вошёл как '}
            <Person id={one.helper.id}>{`${one.helper.name}, ${one.helper.login}`}</Person>
          </>
        ) : null}
      </p>
      <p className="text-soft">
        {'Пригласил '}
        <Person id={one.holder.id}>{one.holder.login}</Person>
        {`, до ${formatDay(one.until)}`}
        {one.acceptedAt ? `, с ${formatInstant(one.acceptedAt)}` : ''}
        {one.endedAt ? `, закрыт ${formatInstant(one.endedAt)}` : ''}
      </p>
    </>
  )
}

const states = {
  invited: { tone: 'water', words: 'приглашение отправлено' },
  lapsed: { tone: 'plain', words: 'приглашение не приняли' },
  active: { tone: 'good', words: 'действует' },
  paused: { tone: 'warn', words: 'не действует: закрыт доступ владельца' },
  over: { tone: 'plain', words: 'срок закончился' },
  ended: { tone: 'plain', words: 'закрыт' },
} as const

const enders = {
  holder: 'отозвал владелец',
  helper: 'помощник отказался',
  staff: 'прекратил сотрудник',
  'access-ended': 'закрыт доступ владельца',
}

function StateBadge({ helper: { state, endReason } }: { helper: HelperForStaff }) {
  const { tone, words } = states[state]
  return <Badge tone={tone}>{state === 'ended' && endReason ? enders[endReason] : words}</Badge>
}

function Person({ id, children }: { id: string; children: string }) {
  return (
    <May permission="people.see" otherwise={children}>
      <Link href={`/admin/people/${id}`} prefetch={false} className="inline-block py-1">
        {children}
      </Link>
    </May>
  )
}
