import Link from 'next/link'
import { NoticeItem } from '@/app/personal/_notices/notice-item'
import { newNotices } from '@/lib/notices/queries'
import type { Subscriber } from '@/lib/session/require'

/** What the person has not read yet: accidents first. Nothing when there is nothing. */
export async function NewNotices({ subscriber }: { subscriber: Subscriber }) {
  const now = new Date()
  const notices = await newNotices(subscriber, now)
  if (notices.length === 0) return null
  return (
    <section aria-label="Объявления" className="grid gap-3 print:hidden">
      {notices.map((notice) => (
        <NoticeItem key={notice.number} notice={notice} now={now} back="/personal" />
      ))}
    </section>
  )
}

/** The way to all notices. */
export function AllNotices() {
  return (
    <p className="print:hidden">
      <Link href="/personal/notices" prefetch={false} className="inline-flex min-h-11 items-center">
        Все объявления
      </Link>
    </p>
  )
}
