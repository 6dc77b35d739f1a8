import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { SearchForm } from '@/app/_ui/search-form'
import type { QueueFilter } from '@/lib/enquiries/staff-schema'
import { sealedSearch } from '@/lib/session/sealed-search'
import { queueAddress } from './address'

/** Which enquiries are listed; all of it stands in the address. */
export function Filters({
  filter,
  counts,
}: {
  filter: QueueFilter
  counts: { all: number; mine: number; nobody: number; suspected: number }
}) {
  const open = { state: 'open', who: 'all', suspected: undefined, q: '', page: 1 } as const
  const heaps = [
    { name: 'Ждут ответа', count: counts.all, filter: open },
    { name: 'Мои', count: counts.mine, filter: { ...open, who: 'mine' } as const },
    { name: 'Ничьи', count: counts.nobody, filter: { ...open, who: 'nobody' } as const },
    { name: 'Подозрительные', count: counts.suspected, filter: { ...open, suspected: '1' } as const },
    { name: 'Отвечены', filter: { ...open, state: 'answered' } as const },
    { name: 'Закрыты', filter: { ...open, state: 'closed' } as const },
  ]
  const here = queueAddress({ ...filter, q: '', page: 1 })
  return (
    <div className="grid gap-3">
      <ul className="flex flex-wrap gap-2" aria-label="Какие обращения">
        {heaps.map((heap) => (
          <li key={heap.name}>
            <Link
              href={queueAddress(heap.filter)}
              prefetch={false}
              aria-current={queueAddress(heap.filter) === here ? 'true' : undefined}
              className="inline-flex min-h-11 items-center gap-1.5 rounded-control border border-line bg-card px-3.5 no-underline aria-[current]:border-water aria-[current]:bg-water-wash aria-[current]:font-semibold"
            >
              {heap.name}
              {heap.count === undefined ? null : <b className="font-semibold">{heap.count}</b>}
            </Link>
          </li>
        ))}
      </ul>
      <SearchForm
        page="/admin/enquiries"
        label="Номер, слова, счёт или кто"
        start={filter.q}
        state={filter.state}
      />
      <form
        action="/admin/enquiries"
        className="grid max-w-3xl items-end gap-3 wide:grid-cols-[1fr_1fr_1fr_auto]"
      >
        {filter.q ? <input type="hidden" name="q" value={sealedSearch(filter.q)} /> : null}
        <SelectField name="state" label="Состояние" defaultValue={filter.state}>
          <option value="open">Ждут ответа</option>
          <option value="answered">Отвечены</option>
          <option value="closed">Закрыты</option>
        </SelectField>
        <SelectField name="who" label="Исполнитель" defaultValue={filter.who}>
          <option value="all">Любой</option>
          <option value="mine">Я</option>
          <option value="nobody">Никто</option>
        </SelectField>
        <SelectField name="suspected" label="Подозрение" defaultValue={filter.suspected ?? ''}>
          <option value="">Не важно</option>
          <option value="1">Есть</option>
        </SelectField>
        <Button look="second">Показать</Button>
      </form>
    </div>
  )
}
