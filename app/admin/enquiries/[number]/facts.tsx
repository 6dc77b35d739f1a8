import Link from 'next/link'
import type { ReactNode } from 'react'
import type { enquiryForStaff } from '@/lib/enquiries/staff'
import { formatInstant } from '@/lib/units/day'

type Enquiry = NonNullable<Awaited<ReturnType<typeof enquiryForStaff>>>

/** Who asks, about which account, and who is to answer. */
export function Facts({ enquiry }: { enquiry: Enquiry }) {
  return (
    <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
      <Fact name="Обращение">{`№ ${enquiry.number}, ${formatInstant(enquiry.createdAt)}`}</Fact>
      <Fact name="Кто">
        {enquiry.userId ? (
          <Link href={`/admin/people/${enquiry.userId}`} prefetch={false} className="inline-block py-1">
            {`${enquiry.lastName} ${enquiry.firstName}, ${enquiry.login}`}
          </Link>
        ) : (
          <>
            {`${enquiry.contactName ?? 'Без имени'}, без входа в кабинет`}
            <span className="block">{contactWords(enquiry)}</span>
          </>
        )}
      </Fact>
      {enquiry.accountNumber ? (
        <Fact name="Лицевой счёт">
          <Link
            href={`/admin/accounts/${enquiry.accountNumber}`}
            prefetch={false}
            className="inline-block py-1"
          >
            {enquiry.accountNumber}
          </Link>
          {`, ${enquiry.address}`}
        </Fact>
      ) : null}
      <Fact name="Исполнитель">{enquiry.assignee ?? 'никто'}</Fact>
    </dl>
  )
}

function contactWords({ contactEmail, contactPhone }: Enquiry): string {
  const ways = [contactEmail, contactPhone].filter((way) => way !== null)
  return ways.length > 0 ? ways.join(', ') : 'Ни почты, ни телефона: ответить некуда.'
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
