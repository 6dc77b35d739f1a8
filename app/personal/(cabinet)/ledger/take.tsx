import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import type { LinkTo } from './links'

/** One's own charges as files, and on paper. Plain links: the answer is a file, not a page. */
export function Take({ year, link }: { year: number; link: LinkTo }) {
  const file = (query: Record<string, string | number>) => link('/personal/ledger/export', query)
  const place = 'inline-flex min-h-11 items-center'
  return (
    <Card className="print:hidden">
      <h2>Забрать с собой</h2>
      <ul className="mt-2 flex flex-wrap gap-x-6">
        <li>
          <a href={file({ format: 'xlsx', year })} className={place}>{`Таблица за ${year} год (XLSX)`}</a>
        </li>
        <li>
          <a href={file({ format: 'csv', year })} className={place}>{`Таблица за ${year} год (CSV)`}</a>
        </li>
        <li>
          <a href={file({ format: 'xlsx' })} className={place}>
            За все годы (XLSX)
          </a>
        </li>
        <li>
          <a href={file({ format: 'csv' })} className={place}>
            За все годы (CSV)
          </a>
        </li>
      </ul>
      <p>
        <Link href={link('/personal/ledger/papers')} prefetch={false} className={place}>
          Справки: об отсутствии долга, о начислениях, о счётчиках
        </Link>
      </p>
      <div className="mt-2">
        <PrintButton />
      </div>
    </Card>
  )
}
