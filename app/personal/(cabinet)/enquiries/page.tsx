import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { ownEnquiries } from '@/lib/enquiries/queries'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { StateBadge } from './state-badge'

export const metadata: Metadata = { title: 'Обращения' }

export default async function EnquiriesPage() {
  const subscriber = await requireSubscriber()
  const enquiries = await ownEnquiries(subscriber)
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>Обращения</h1>
      <p>
        Спросите о начислении, счётчике, квитанции или о чём угодно ещё. Ответ придёт сюда, а на почту —
        письмо о нём.
      </p>
      <div>
        <ButtonLink href="/personal/enquiries/new">Написать обращение</ButtonLink>
      </div>
      {enquiries.length === 0 ? (
        <Notice tone="plain" title="Вы ещё ничего не спрашивали">
          <p>
            Если не согласны с суммой, откройте месяц в лицевом счёте и выберите у услуги «Оспорить
            начисление».
          </p>
        </Notice>
      ) : (
        <ul className="overflow-hidden rounded-card border border-line bg-card">
          {enquiries.map((enquiry) => (
            <li key={enquiry.number} className="border-b border-line last:border-0">
              <Link
                href={`/personal/enquiries/${enquiry.number}`}
                prefetch={false}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 px-5 py-4 text-ink no-underline hover:bg-water-wash"
              >
                <span className="font-semibold break-words">{enquiry.subject}</span>
                <StateBadge state={enquiry.state} />
                <span className="col-span-2 text-[0.9em] text-soft">
                  {`№ ${enquiry.number} от ${formatDay(moscowDay(enquiry.createdAt))}${enquiry.accountNumber ? `, счёт ${enquiry.accountNumber}` : ''}`}
                  {enquiry.state === 'open' ? ` · ответим не позднее ${formatDay(enquiry.dueOn)}` : ''}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
