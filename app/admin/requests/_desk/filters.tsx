import Link from 'next/link'
import { SearchForm } from '@/app/_ui/search-form'
import type { QueueFilter } from '@/lib/requests/schema'
import { deskAddress } from './address'

const states = [
  { state: 'waiting', name: 'Ожидают' },
  { state: 'decided', name: 'Решённые' },
] as const

/** Which requests are listed; all of it stands in the address. */
export function Filters({ filter }: { filter: QueueFilter }) {
  return (
    <div className="grid gap-3">
      <ul className="flex gap-2" aria-label="Какие заявки">
        {states.map(({ state, name }) => (
          <li key={state}>
            <Link
              href={deskAddress({ ...filter, state })}
              prefetch={false}
              aria-current={filter.state === state ? 'true' : undefined}
              className="inline-flex min-h-11 items-center rounded-control border border-line bg-card px-3.5 no-underline aria-[current]:border-water aria-[current]:bg-water-wash aria-[current]:font-semibold"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <SearchForm
        page="/admin/requests"
        label="Номер, счёт или фамилия"
        start={filter.q}
        state={filter.state}
      />
    </div>
  )
}
