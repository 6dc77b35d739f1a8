import type { ReactNode } from 'react'

type Tone = 'water' | 'good' | 'warn' | 'bad' | 'plain'

const badgeTones: Record<Tone, string> = {
  water: 'bg-water-wash text-water',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
  plain: 'border border-line text-soft',
}
const noticeTones: Record<Tone, string> = {
  water: 'border-water bg-water-wash',
  good: 'border-good bg-good-wash',
  warn: 'border-warn bg-warn-wash',
  bad: 'border-bad bg-bad-wash',
  plain: 'border-edge bg-card',
}

/** A sheet on the ground. */
export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <section className={`rounded-card border border-line bg-card p-5 print:border-0 print:p-0 ${className}`}>
      {children}
    </section>
  )
}

/** A state in a word or two. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full px-2.5 py-0.5 text-[0.82em] leading-6 whitespace-nowrap ${badgeTones[tone]}`}
    >
      {children}
    </span>
  )
}

/** Something to read before going on; `role="status"` when it answers what the person just did. */
export function Notice({
  tone = 'water',
  title,
  children,
  role,
}: {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  role?: 'status' | 'alert'
}) {
  return (
    <div role={role} className={`rounded-r-card border-l-4 px-4 py-3 ${noticeTones[tone]}`}>
      {title ? <p className="font-semibold">{title}</p> : null}
      {children}
    </div>
  )
}
