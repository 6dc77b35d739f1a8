import { Badge, Card } from '@/app/_ui/box'
import type { ownRequests } from '@/lib/privacy/requests'
import { formatDay, formatInstant } from '@/lib/units/day'
import { RecallForm } from './recall-form'

type Requests = Awaited<ReturnType<typeof ownRequests>>

const names = { correction: 'Исправить данные', withdrawal: 'Отзыв согласия' }
const outcomes = { done: 'исполнено', refused: 'отказано', recalled: 'взято назад' }

/** What the person asked for, by when it is done, and «Передумать» while it waits. */
export function OwnRequests({ requests }: { requests: Requests }) {
  if (requests.length === 0) return null
  return (
    <Card className="grid gap-3">
      <h2>Ваши просьбы</h2>
      <ul className="grid gap-4">
        {requests.map(({ id, kind, text, askedAt, dueOn, outcome, note }) => (
          <li key={id} className="grid gap-1">
            <p>
              <b className="font-semibold">{names[kind]}</b>{' '}
              <Badge tone={outcome === 'done' ? 'good' : outcome ? 'plain' : 'water'}>
                {outcome ? outcomes[outcome] : `до ${formatDay(dueOn)}`}
              </Badge>
            </p>
            <p className="text-soft">{`Отправлено ${formatInstant(askedAt)}`}</p>
            {text ? <p className="whitespace-pre-line">{text}</p> : null}
            {note ? <p className="whitespace-pre-line">{`Ответ: ${note}`}</p> : null}
            {outcome ? null : <RecallForm id={id} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}
