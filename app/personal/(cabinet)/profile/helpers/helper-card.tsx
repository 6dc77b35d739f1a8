import { Badge, Card } from '@/app/_ui/box'
import type { HelperLine } from '@/lib/helper-access/queries'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { RevokeForm } from './revoke-form'

/** Somebody invited or helping: until when, what they sent last, and «Отозвать». */
export function HelperCard({ helper }: { helper: HelperLine }) {
  const { id, name, email, state, until, inviteEndsAt, sendings } = helper
  return (
    <Card className="grid gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <h3 className="min-w-0 break-words">{name}</h3>
        {state === 'active' ? (
          <Badge tone="good">{`действует до ${formatDay(until)}`}</Badge>
        ) : (
          <Badge tone={state === 'lapsed' ? 'warn' : 'water'}>
            {state === 'lapsed' ? 'приглашение не приняли' : 'приглашение отправлено'}
          </Badge>
        )}
      </div>
      <p className="min-w-0 break-words text-soft">{email}</p>
      {state === 'invited' ? (
        <p>{`Принять можно до ${formatDay(moscowDay(inviteEndsAt))}. Помогать — до ${formatDay(until)} включительно.`}</p>
      ) : null}
      {state === 'lapsed' ? <p>Срок приглашения вышел. Пригласите ещё раз.</p> : null}
      {state === 'active' ? <Sendings sendings={sendings} /> : null}
      <RevokeForm id={id} name={name} />
    </Card>
  )
}

function Sendings({ sendings }: Pick<HelperLine, 'sendings'>) {
  if (sendings.length === 0) return <p>Показаний от него пока не было.</p>
  return (
    <div>
      <p>Последние показания:</p>
      <ul>
        {sendings.map(({ at, meters }) => (
          <li key={at.toISOString()}>{`${formatInstant(at)} — ${meters.join('; ')}`}</li>
        ))}
      </ul>
    </div>
  )
}

/** Who helped before, and how each ended. */
export function PastHelpers({ helpers }: { helpers: HelperLine[] }) {
  if (helpers.length === 0) return null
  return (
    <details>
      <summary className="flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        Помогали раньше
      </summary>
      <ul className="grid gap-2">
        {helpers.map((helper) => (
          <li key={helper.id} className="break-words">
            {`${helper.name}: ${endWords(helper)}`}
            {helper.sendings[0] ? (
              <span className="block text-[0.94em] text-soft">
                {`Последние показания — ${formatInstant(helper.sendings[0].at)}`}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  )
}

const ends = {
  holder: 'вы отозвали доступ',
  helper: 'больше не помогает с',
  staff: 'доступ закрыли мы',
  'access-ended': 'доступ закрыт вместе с вашим',
}

function endWords({ state, until, endedAt, endReason }: HelperLine): string {
  if (state === 'paused') return ends['access-ended']
  if (!endedAt || !endReason) return `срок закончился ${formatDay(until)}`
  return `${ends[endReason]} ${formatDay(moscowDay(endedAt))}`
}
