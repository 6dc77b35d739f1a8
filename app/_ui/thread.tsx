import type { ReactNode } from 'react'
import { formatInstant } from '@/lib/units/day'

/** One message. `mine` stands at the right; `note` is for staff alone; `below` is what is attached to it. */
export interface Said {
  id: number
  who: ReactNode
  mine: boolean
  note?: boolean
  text: string
  writtenAt: Date
  below?: ReactNode
}

/** What was said, the oldest first. */
export function Thread({ messages }: { messages: readonly Said[] }) {
  return (
    <ol className="grid gap-3" aria-label="Переписка">
      {messages.map(({ id, who, mine, note = false, text, writtenAt, below }) => (
        <li
          key={id}
          className={`min-w-0 rounded-card border px-5 py-4 ${
            note
              ? 'border-dashed border-warn bg-warn-wash wide:ml-16'
              : mine
                ? 'border-line bg-water-wash wide:ml-16'
                : 'border-line bg-card wide:mr-16'
          }`}
        >
          <p className={`text-[0.9em] ${note ? '' : 'text-soft'}`}>
            {note ? 'Заметка для своих, ' : ''}
            <b className="font-semibold text-ink">{who}</b>
            {`, ${formatInstant(writtenAt)}`}
          </p>
          <p className="mt-1 break-words whitespace-pre-line">{text}</p>
          {below}
        </li>
      ))}
    </ol>
  )
}
