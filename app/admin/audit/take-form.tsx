import { Button } from '@/app/_ui/button'
import type { AuditFilter } from '@/lib/audit/queries'

/** The journal as a file: what is shown, for reading, or the whole period, to be checked apart from the service. */
export function TakeForm({ filter: { before: _, ...filter } }: { filter: AuditFilter }) {
  return (
    <form method="post" action="/admin/audit/export" className="grid gap-2">
      {Object.entries(filter).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <div className="flex flex-wrap gap-3">
        <Button look="second" name="format" value="csv">
          Скачать CSV
        </Button>
        <Button look="second" name="format" value="jsonl">
          Скачать для проверки
        </Button>
      </div>
      <p className="max-w-3xl text-soft">
        CSV — то, что отобрано, для чтения. Файл для проверки — все записи выбранных дней целыми печатями,
        остальной отбор на него не действует: его пересчитывает команда npm run check:audit без сервиса и
        базы.
      </p>
    </form>
  )
}
