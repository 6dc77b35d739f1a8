import Link from 'next/link'
import type { ReactNode } from 'react'

/** The heading of a page about a meter, with the way back to its account. */
export function Heading({
  account,
  title,
  children,
}: {
  account: string
  title: string
  children?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <h1>{title}</h1>
      {children}
      <Link
        href={`/admin/accounts/${encodeURIComponent(account)}`}
        prefetch={false}
        className="ml-auto inline-block py-2"
      >
        {`К счёту ${account}`}
      </Link>
    </div>
  )
}
