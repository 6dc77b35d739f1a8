import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
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
      <form action="/admin/requests" className="flex items-end gap-2">
        <input type="hidden" name="state" value={filter.state} />
        <div className="min-w-0 flex-1">
          <TextField name="q" type="search" label="Номер, счёт или фамилия" defaultValue={filter.q} />
        </div>
        <Button look="second" className="px-4">
          Найти
        </Button>
      </form>
    </div>
  )
}
