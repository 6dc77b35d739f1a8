import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { columnsOf } from '@/lib/exchange/export-columns'
import {
  type ExportChoice,
  type ExportKind,
  exportFormatNames,
  formatsOf,
} from '@/lib/exchange/export-schema'
import type { Period } from '@/lib/units/period'

/** One list: its format and columns as last chosen, «Скачать», and what else can be done with it. */
export function DownloadCard({
  kind,
  title,
  period,
  choice,
  children,
}: {
  kind: ExportKind
  title: string
  period?: Period
  choice: ExportChoice
  children?: ReactNode
}) {
  return (
    <Card className="grid gap-4">
      <h2>{title}</h2>
      {children}
      <form method="post" action={`/admin/exchange/out/${kind}`} className="grid gap-3">
        {period ? <input type="hidden" name="period" value={period} /> : null}
        <div>
          <label htmlFor={`${kind}-format`} className="block font-medium">
            Вид файла
          </label>
          <select id={`${kind}-format`} name="format" defaultValue={choice.format} className="control mt-1">
            {formatsOf(kind).map((format) => (
              <option key={format} value={format}>
                {exportFormatNames[format]}
              </option>
            ))}
          </select>
        </div>
        <ColumnTicks kind={kind} chosen={choice.columns} />
        <div>
          <Button look="second">
            Скачать<span className="sr-only">: {title.toLowerCase()}</span>
          </Button>
        </div>
      </form>
    </Card>
  )
}

function ColumnTicks({ kind, chosen }: { kind: ExportKind; chosen: readonly string[] }) {
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2.5 text-water">Столбцы: {chosen.length}</summary>
      <fieldset>
        <legend className="text-soft">
          Выбор запоминается. {kind === 'payments' ? 'В банковском реестре столбцы всегда одни и те же.' : ''}
        </legend>
        <div className="flex flex-wrap gap-x-6">
          {columnsOf(kind).map(({ key, title }) => (
            <label key={key} className="flex min-h-11 items-center gap-2.5">
              <input
                type="checkbox"
                name="column"
                value={key}
                defaultChecked={chosen.includes(key)}
                className="size-6 shrink-0 accent-water"
              />
              {title}
            </label>
          ))}
        </div>
      </fieldset>
    </details>
  )
}
