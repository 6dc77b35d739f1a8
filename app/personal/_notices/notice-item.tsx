import { Badge, Notice } from '@/app/_ui/box'
import type { ResidentNotice } from '@/lib/notices/queries'
import { kindNames, stageOf, whenWords } from '@/lib/notices/rules'
import { formatDay, moscowDay } from '@/lib/units/day'
import { ReadForm } from './read-form'

/** A notice to a resident: what, when, what to do, and «Прочитано» while it is new. */
export function NoticeItem({
  notice,
  now,
  back,
}: {
  notice: ResidentNotice
  now: Date
  back: '/personal' | '/personal/notices'
}) {
  const { number, kind, title, body, read, publishedAt } = notice
  const stage = notice.shownUntil <= now ? 'over' : stageOf(notice, now)
  const when = whenWords(notice)
  const tone = stage === 'over' ? 'plain' : kind === 'sudden' ? 'bad' : kind === 'planned' ? 'warn' : 'water'
  return (
    <Notice tone={tone}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-[0.9em]">{kindNames[kind]}</span>
        {kind === 'news' ? null : <StageBadge stage={stage} />}
        {back === '/personal' ? null : (
          <span className="text-[0.9em]">{`опубликовано ${formatDay(moscowDay(publishedAt))}`}</span>
        )}
      </div>
      <h2 className="mt-1 break-words">{title}</h2>
      {when ? <p className="font-medium">{when}</p> : null}
      <p className="mt-1 max-w-[70ch] break-words whitespace-pre-line">{body}</p>
      {read || stage === 'over' ? null : <ReadForm number={number} title={title} back={back} />}
    </Notice>
  )
}

const stages = {
  ahead: { tone: 'warn', words: 'скоро' },
  now: { tone: 'bad', words: 'сейчас' },
  over: { tone: 'plain', words: 'закончилось' },
} as const

function StageBadge({ stage }: { stage: keyof typeof stages }) {
  return <Badge tone={stages[stage].tone}>{stages[stage].words}</Badge>
}
