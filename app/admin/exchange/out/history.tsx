import { Notice } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import type { HandOver } from '@/lib/exchange/export-queries'
import { exportKindNames } from '@/lib/exchange/export-schema'
import { formatInstant } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { formatCount } from '../parts'

/** What was just handed over, with its file. */
export function HandedNotice({
  history,
  handed,
}: {
  history: HandOver[]
  handed: string | string[] | undefined
}) {
  const found = history.find((one) => one.id === handed)
  if (!found) return null
  return (
    <Notice tone="good" role="status" title={`${wordsOf(found)}: переданы в биллинг`}>
      <p>
        Записей: {formatCount(found.rows)}. <FileLink of={found} />
      </p>
    </Notice>
  )
}

/** Every hand-over: who, when, how much; its file is there again and again, with the same rows. */
export function History({ history }: { history: HandOver[] }) {
  if (history.length === 0) return null
  return (
    <section className="grid gap-3">
      <h2>Что уже передано</h2>
      <WideTable label="Что уже передано" heads={['Что', 'Записей', 'Кто и когда', 'Файл']}>
        {history.map((one) => (
          <tr key={one.id}>
            <td>{wordsOf(one)}</td>
            <td>{formatCount(one.rows)}</td>
            <td>
              {one.by}, {formatInstant(one.at)}
            </td>
            <td>
              <FileLink of={one} />
            </td>
          </tr>
        ))}
      </WideTable>
    </section>
  )
}

/** «Скачать файл» of a hand-over. */
export function FileLink({ of }: { of: HandOver }) {
  return (
    <a href={`/admin/exchange/out/${of.kind}?export=${of.id}`} className="inline-block py-2">
      Скачать файл<span className="sr-only">: {wordsOf(of)}</span>
    </a>
  )
}

function wordsOf({ kind, period }: HandOver): string {
  return period ? `${exportKindNames[kind]} за ${formatPeriod(period)}` : exportKindNames[kind]
}
