'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** A link of the navigation; the one one stands on is marked for eyes and screen readers. */
export function NavLink({
  href,
  exact = false,
  className,
  children,
}: {
  href: string
  exact?: boolean
  className: string
  children: ReactNode
}) {
  const path = usePathname()
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`)
  return (
    <Link href={href} prefetch={false} aria-current={here ? 'page' : undefined} className={className}>
      {children}
    </Link>
  )
}
