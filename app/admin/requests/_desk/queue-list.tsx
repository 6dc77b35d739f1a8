import Link from 'next/link'
import { Badge } from '@/app/_ui/box'
import type { requestQueue } from '@/lib/requests/queries'
import type { QueueFilter } from '@/lib/requests/schema'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { deskAddress } from './address'

type Queue = Awaited<ReturnType<typeof requestQueue>>
type Row = Queue['rows'][number]

/** Requests one under another, the oldest deadline first, with the working time left. */
export function QueueList({
  queue,
  filter,
  chosen,
}: {
  queue: Queue
  filter: QueueFilter
  chosen: string | undefined
}) {
  if (queue.rows.length === 0) return <p className="text-soft">{emptyWords(filter)}</p>
  return (
    <div>
      <p className="pb-2 text-soft">
        {filter.state === 'waiting' ? 'По сроку ответа' : 'Последние решения'}: {queue.total}
        {queue.total > queue.rows.length ? `, показаны ${queue.rows.length}` : ''}
      </p>
      <ol className="overflow-hidden rounded-card border border-line bg-card">
        {queue.rows.map((row) => (
          <li key={row.id} className="border-b border-line last:border-0">
            <Link
              href={deskAddress(filter, row.id)}
              prefetch={false}
              aria-current={row.id === chosen ? 'true' : undefined}
              className="grid grid-cols-[1fr_auto] items-center gap-x-3 border-l-4 border-transparent px-4 py-3 text-ink no-underline hover:bg-water-wash aria-[current]:border-water aria-[current]:bg-water-wash"
            >
              <span className="font-semibold">
                {row.lastName} {row.firstName.slice(0, 1)}.
              </span>
              <State row={row} />
              <span className="col-span-2 text-soft">
                {row.accountNumber} · {shortInstant(row.submittedAt)}
                {row.repeated ? ' · повторная' : ''}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  )
}

function State({ row }: { row: Row }) {
  if (row.decision === 'approved') return <Badge tone="good">подтверждена</Badge>
  if (row.decision === 'refused') return <Badge>отказ</Badge>
  return (
    <Badge tone={row.left.urgency}>
      <span className="sr-only">осталось: </span>
      {row.left.words}
    </Badge>
  )
}

function emptyWords({ state, q }: QueueFilter): string {
  if (q) return `По запросу «${q}» ничего не нашлось.`
  return state === 'waiting' ? 'Все заявки решены. Новых пока нет.' : 'Решённых заявок пока нет.'
}

/** «19 ноября, 16:40». */
function shortInstant(instant: Date): string {
  return `${formatDay(moscowDay(instant), { year: false })}, ${formatInstant(instant).slice(-5)}`
}
