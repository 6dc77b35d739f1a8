import type { ReactNode } from 'react'
import { Notice } from '@/app/_ui/box'
import { requestQueue } from '@/lib/requests/queries'
import type { QueueFilter } from '@/lib/requests/schema'
import type { Staff } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { answerDeadline, calendarLoaded } from '@/lib/units/workdays'
import { Filters } from './filters'
import { QueueList } from './queue-list'

/** The desk of requests: on a wide screen the list stands beside the chosen one, on a phone one at a time. */
export async function Desk({
  staff,
  filter,
  now,
  chosen,
  children,
}: {
  staff: Staff
  filter: QueueFilter
  now: Date
  /** Id of the request shown beside; without one the list is the page. */
  chosen?: string
  children: ReactNode
}) {
  const queue = await requestQueue(staff, filter, now)
  const Heading = chosen ? 'h2' : 'h1'
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 wide:grid-cols-[21rem_minmax(0,1fr)]">
      <section aria-label="Список заявок" className={`gap-4 ${chosen ? 'hidden wide:grid' : 'grid'}`}>
        <Heading>Заявки</Heading>
        <Filters filter={filter} />
        <CalendarNotice now={now} />
        <QueueList queue={queue} filter={filter} chosen={chosen} />
      </section>
      <div className={chosen ? '' : 'hidden wide:block'}>{children}</div>
    </div>
  )
}

function CalendarNotice({ now }: { now: Date }) {
  const { dueOn } = answerDeadline(now)
  if (calendarLoaded(Number(dueOn.slice(0, 4)))) return null
  return (
    <Notice tone="warn" title={`Нет производственного календаря на ${dueOn.slice(0, 4)} год`}>
      Срок ответа ({formatDay(dueOn)}) посчитан по обычным неделям, без праздников.
    </Notice>
  )
}
