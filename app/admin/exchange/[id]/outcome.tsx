import { Notice } from '@/app/_ui/box'
import type { ImportSummary } from '@/lib/exchange/queries'
import { formatInstant } from '@/lib/units/day'
import { formatCount } from '../parts'

/** What came of a file, in words: first what the person needs to know. */
export function Outcome({ of, already }: { of: ImportSummary; already: boolean }) {
  const { report, loadedAt, loadedBy } = of
  if (loadedAt) {
    return (
      <Notice
        tone={already ? 'warn' : 'good'}
        role="status"
        title={already ? 'Этот файл уже загружен' : 'Файл загружен'}
      >
        <p>
          Кто загрузил: {loadedBy}, {formatInstant(loadedAt)}. {counts(of)}
        </p>
      </Notice>
    )
  }
  if (report.refusal) {
    const { line, column, reason } = report.refusal
    return (
      <Notice tone="bad" role="status" title="Файл загрузить нельзя">
        <p>
          Строка {line}
          {column ? `, столбец «${column}»` : ''}: {reason}. Ничего не загружено. Исправьте выгрузку и
          проверьте её ещё раз.
        </p>
      </Notice>
    )
  }
  if (!of.waiting) {
    return (
      <Notice tone="warn" title="Файл ждал загрузки слишком долго и удалён">
        Проверьте его ещё раз.
      </Notice>
    )
  }
  if (report.accepted === 0) {
    return (
      <Notice tone="bad" title="Загружать нечего">
        Ни одна строка не принята.
      </Notice>
    )
  }
  return (
    <Notice tone={report.rejectCount > 0 ? 'warn' : 'good'} title="Файл проверен, ещё ничего не загружено">
      <p>{counts(of)}</p>
    </Notice>
  )
}

function counts({ report, loadedAt }: ImportSummary): string {
  const sum = (pick: 'added' | 'changed' | 'unchanged') =>
    report.changes.reduce((total, change) => total + change[pick], 0)
  const [added, changed, unchanged] = [sum('added'), sum('changed'), sum('unchanged')]
  if (added + changed === 0) {
    return loadedAt
      ? 'Всё уже было в базе, ничего не изменилось.'
      : 'Всё уже есть в базе: загрузка ничего не изменит.'
  }
  const word = loadedAt ? 'Изменено' : 'Изменится'
  return `Новых записей ${formatCount(added)}. ${word} ${formatCount(changed)}. Без изменений ${formatCount(unchanged)}.`
}
