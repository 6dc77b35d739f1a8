import Link from 'next/link'
import type { LinkTo } from './links'

/** The years billing has told of, and the way to search over all of them. */
export function Years({ years, year, link }: { years: readonly number[]; year: number; link: LinkTo }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 print:hidden">
      <nav aria-label="Годы">
        <ul className="flex flex-wrap gap-1">
          {years.map((one) => (
            <li key={one}>
              <Link
                href={link('/personal/ledger', { year: one })}
                prefetch={false}
                aria-current={one === year ? 'page' : undefined}
                className="inline-flex min-h-11 items-center rounded-control px-4 aria-[current]:bg-water-wash aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
              >
                {one}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Link
        href={link('/personal/ledger/search')}
        prefetch={false}
        className="inline-flex min-h-11 items-center"
      >
        Найти в начислениях
      </Link>
    </div>
  )
}
