import type { ReactNode } from 'react'
import { formatInstant } from '@/lib/units/day'

/** What was said, the oldest first; `mine` stands at the right. */
export function Thread({
  messages,
}: {
  messages: readonly { id: number; who: ReactNode; mine: boolean; text: string; writtenAt: Date }[]
}) {
  return (
    <ol className="grid gap-3" aria-label="Переписка">
      {messages.map(({ id, who, mine, text, writtenAt }) => (
        <li
          key={id}
          className={`rounded-card border border-line px-5 py-4 ${mine ? 'bg-water-wash wide:ml-16' : 'bg-card wide:mr-16'}`}
        >
          <p className="text-[0.9em] text-soft">
            <b className="font-semibold text-ink">{who}</b>
            {`, ${formatInstant(writtenAt)}`}
          </p>
          <p className="mt-1 break-words whitespace-pre-line">{text}</p>
        </li>
      ))}
    </ol>
  )
}
