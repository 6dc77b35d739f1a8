import { Card, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { RefreshWhileWorking } from '@/app/_ui/refresh'
import type { ImportView, Progress } from '@/lib/exchange/queries'
import { plural } from '@/lib/units/text'
import { formatCount } from '../parts'
import { StopForm } from './stop-form'

const titles: Partial<Record<ImportView['state'], string>> = {
  checking: 'Файл проверяется',
  loading: 'Файл загружается',
  undoing: 'Загрузка отменяется',
}

/** Work that goes on whether or not anybody looks: how far it has come, and «Остановить». */
export function WorkUnderWay({ of }: { of: ImportView }) {
  const { id, state, progress, stopping } = of
  return (
    <Card className="grid max-w-3xl gap-3">
      <RefreshWhileWorking />
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <h2>{titles[state]}</h2>
      {progress ? <Figures of={of} progress={progress} now={Date.now()} /> : <p>Ждёт своей очереди.</p>}
      <p className="text-soft">
        Страницу можно закрыть: работа продолжится. Пока она не закончена, жители видят прежние данные.
      </p>
      {stopping ? (
        <Notice role="status" title="Останавливаем…" />
      ) : (
        <May permission="exchange.load">
          <StopForm importId={id} />
        </May>
      )}
    </Card>
  )
}

const phases = {
  reading: 'Читаем файл',
  checking: 'Проверяем строки',
  comparing: 'Сравниваем с базой',
  writing: 'Записываем',
  undoing: 'Возвращаем то, что было',
}

function Figures({ of, progress, now }: { of: ImportView; progress: Progress; now: number }) {
  const { phase, rowsRead, rowsWritten, startedAt } = progress
  const share = shareOf(of, progress)
  const rows = of.report?.accepted ?? 0
  return (
    <>
      <p className="font-medium">
        {phases[phase]}
        {share === undefined ? '…' : ` — ${Math.floor(share * 100)} %`}
      </p>
      <progress
        aria-label={phases[phase]}
        max={100}
        value={share === undefined ? undefined : Math.floor(share * 100)}
        className="h-3 w-full accent-water"
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        <dt className="text-soft">Прочитано строк</dt>
        <dd>{formatCount(rowsRead)}</dd>
        <dt className="text-soft">Проверено</dt>
        <dd>{formatCount(phase === 'reading' || phase === 'checking' ? 0 : Math.max(rowsRead, rows))}</dd>
        <dt className="text-soft">Записано</dt>
        <dd>
          {formatCount(rowsWritten)}
          {phase === 'writing' && rows > 0 ? ` из ${formatCount(rows)}` : ''}
        </dd>
        <dt className="text-soft">Осталось</dt>
        <dd>{leftWords(share, now - startedAt.getTime())}</dd>
      </dl>
    </>
  )
}

/** How much of the phase is done, 0–1; undefined where the database does it in one go. */
function shareOf(
  { size, report }: ImportView,
  { phase, bytesRead, rowsWritten }: Progress,
): number | undefined {
  if (phase === 'reading' && size > 0) return Math.min(1, bytesRead / size)
  const rows = report?.accepted ?? 0
  return phase === 'writing' && rows > 0 ? Math.min(1, rowsWritten / rows) : undefined
}

const SURE_FROM = 0.03

function leftWords(share: number | undefined, spentMs: number): string {
  if (share === undefined || share < SURE_FROM) return 'считаем…'
  const seconds = Math.round((spentMs / 1000) * (1 / share - 1))
  if (seconds < 10) return 'несколько секунд'
  if (seconds < 60) return `около ${plural(Math.ceil(seconds / 10) * 10, ['секунды', 'секунд', 'секунд'])}`
  return `около ${plural(Math.ceil(seconds / 60), ['минуты', 'минут', 'минут'])}`
}
