import { Card, Notice } from '@/app/_ui/box'
import type { ChainState } from '@/lib/inspection/queries'
import { formatInstant } from '@/lib/units/day'
import { plural } from '@/lib/units/text'
import { VerifyForm } from './verify-form'

const rowsWords = ['запись', 'записи', 'записей'] as const

/** Whether the journal is as it was written: the last verification, «Проверить», and the head to be kept elsewhere. */
export function Chain({ state, fresh }: { state: ChainState; fresh: boolean }) {
  const { head, unsealed } = state
  return (
    <Card className="grid gap-3">
      <h2>Печати журнала</h2>
      <Verdict state={state} fresh={fresh} />
      <p className="text-soft">
        {head
          ? `Последняя печать № ${head.id}, ${formatInstant(head.sealedAt)}. `
          : 'Печатей ещё нет: первая встанет через несколько минут. '}
        {`Ещё не под печатью: ${plural(unsealed, rowsWords)}.`}
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <VerifyForm />
        <span className="text-soft">
          Пересчитаются последние 100 000 записей. Весь журнал сервис пересчитывает каждую ночь.
        </span>
      </div>
      {head ? (
        <details>
          <summary className="min-h-11 cursor-pointer py-2.5 font-medium text-water">
            Контрольная строка, чтобы хранить её отдельно
          </summary>
          <p className="max-w-3xl">
            Перепишите или сохраните её там, где сервис её не достанет. Если когда-нибудь её в журнале не
            окажется, журнал подменили целиком. Каждую ночь сервис сам дописывает такую строку в файл
            audit-heads.txt.
          </p>
          <p className="mt-2 font-mono text-[0.9em] [overflow-wrap:anywhere]">{head.line}</p>
        </details>
      ) : null}
    </Card>
  )
}

function Verdict({ state: { verified }, fresh }: { state: ChainState; fresh: boolean }) {
  const role = fresh ? 'status' : undefined
  if (!verified) return <p>Цепочку ещё не проверяли.</p>
  const when = `Проверено ${formatInstant(verified.at)}, ${verified.by}.`
  if (verified.broken !== null)
    return (
      <Notice
        tone="bad"
        {...(role ? { role } : {})}
        title={`Цепочка нарушена: не сходится печать № ${verified.broken}`}
      >
        <p>
          {when} Записи под этой печатью изменены, убраны или добавлены помимо сервиса. Ничего не исправляйте,
          сделайте копию базы и сообщите руководителю; что именно не сходится, покажет npm run check:audit.
        </p>
      </Notice>
    )
  return (
    <Notice
      tone="good"
      {...(role ? { role } : {})}
      title={`Цепочка цела: ${plural(verified.rows, rowsWords)}${verified.whole ? '' : ' (последние)'}`}
    >
      <p>{when}</p>
    </Notice>
  )
}
