import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/box'
import { NoticeItem } from '@/app/personal/_notices/notice-item'
import { allNotices } from '@/lib/notices/queries'
import { requireSubscriber } from '@/lib/session/require'

export const metadata: Metadata = { title: 'Объявления' }

/** Notices of the last year for one's own accounts, over ones too. */
export default async function NoticesPage() {
  const subscriber = await requireSubscriber()
  const now = new Date()
  const notices = await allNotices(subscriber, now)
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>Объявления</h1>
      {notices.length === 0 ? (
        <Notice tone="plain" title="Объявлений нет">
          <p>Здесь появятся отключения и новости, которые касаются ваших адресов.</p>
        </Notice>
      ) : (
        <ul className="grid gap-3">
          {notices.map((notice) => (
            <li key={notice.number}>
              <NoticeItem notice={notice} now={now} back="/personal/notices" />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
