import { Notice } from '@/app/_ui/box'
import type { ImportView } from '@/lib/exchange/queries'
import type { Report } from '@/lib/exchange/schema'
import { formatInstant } from '@/lib/units/day'
import { formatCount } from '../parts'

/** What came of a file, in words: first what the person needs to know. */
export function Outcome({ of, already }: { of: ImportView; already: boolean }) {
  return (
    <>
      {of.problem && of.kind ? (
        <Notice tone="warn" role="status" title="Последнее действие не доведено до конца">
          <p>{of.problem}</p>
        </Notice>
      ) : null}
      {of.state === 'loaded' ? <Loaded of={of} already={already} /> : null}
      {of.state === 'undone' && of.undoneAt ? (
        <Notice tone="good" role="status" title="Загрузка отменена">
          <p>
            Кто отменил: {of.undoneBy}, {formatInstant(of.undoneAt)}. В базе всё так, как было до этого файла.
          </p>
        </Notice>
      ) : null}
      {of.state === 'received' || of.state === 'checked' ? <Open of={of} /> : null}
    </>
  )
}

function Loaded({ of: { loadedAt, loadedBy, report }, already }: { of: ImportView; already: boolean }) {
  return (
    <Notice
      tone={already ? 'warn' : 'good'}
      role="status"
      title={already ? 'Этот файл уже загружен' : 'Файл загружен'}
    >
      <p>
        {loadedAt ? `Кто загрузил: ${loadedBy}, ${formatInstant(loadedAt)}. ` : ''}
        {report ? counts(report, true) : ''}
      </p>
    </Notice>
  )
}

function Open({ of: { report, waiting, kind, problem, preview, needsOther } }: { of: ImportView }) {
  if (!waiting)
    return (
      <Notice tone="warn" title="Файл ждал загрузки слишком долго и удалён">
        Отправьте его и проверьте ещё раз.
      </Notice>
    )
  if (kind === null)
    return (
      <Notice tone="bad" role="status" title="Это не выгрузка из биллинга">
        <p>{preview?.problem ?? problem}</p>
      </Notice>
    )
  if (report === null)
    return (
      <Notice tone="warn" title="Файл не проверен">
        Посмотрите на первые строки внизу страницы и нажмите «Проверить файл».
      </Notice>
    )
  if (report.refusal) return <Refused refusal={report.refusal} />
  if (report.accepted === 0)
    return (
      <Notice tone="bad" role="status" title="Загружать нечего">
        Ни одна строка не принята.
      </Notice>
    )
  return (
    <Notice
      tone={report.rejectCount > 0 ? 'warn' : 'good'}
      role="status"
      title="Файл проверен, ещё ничего не загружено"
    >
      <p>{counts(report, false)}</p>
      {needsOther ? (
        <p className="mt-1 font-medium">
          Загружает другой сотрудник, не тот, кто принёс файл. Пошлите коллеге адрес этой страницы.
        </p>
      ) : null}
    </Notice>
  )
}

function Refused({ refusal: { line, column, reason } }: { refusal: NonNullable<Report['refusal']> }) {
  const place = [line > 0 ? `Строка ${line}` : '', column ? `столбец «${column}»` : ''].filter(Boolean)
  return (
    <Notice tone="bad" role="status" title="Файл загрузить нельзя">
      <p>
        {place.length > 0 ? `${place.join(', ')}: ` : ''}
        {reason}. Ничего не загружено. Исправьте выгрузку и проверьте её ещё раз.
      </p>
    </Notice>
  )
}

function counts({ changes }: Report, loaded: boolean): string {
  const sum = (pick: 'added' | 'changed' | 'unchanged') =>
    changes.reduce((total, change) => total + change[pick], 0)
  const [added, changed, unchanged] = [sum('added'), sum('changed'), sum('unchanged')]
  if (added + changed === 0)
    return loaded
      ? 'Всё уже было в базе, ничего не изменилось.'
      : 'Всё уже есть в базе: загрузка ничего не изменит.'
  const word = loaded ? 'Изменено' : 'Изменится'
  return `Новых записей ${formatCount(added)}. ${word} ${formatCount(changed)}. Без изменений ${formatCount(unchanged)}.`
}
