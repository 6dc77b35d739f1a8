import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type Look = 'main' | 'second' | 'quiet' | 'grave'

/** A button; `main` is the one thing a page is for, `grave` what cannot be taken back lightly. */
export function Button({
  look = 'main',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type="submit" className={`button button-${look} ${className}`} {...rest} />
}

/** A link that looks like a button. */
export function ButtonLink({
  href,
  look = 'main',
  className = '',
  children,
}: {
  href: string
  look?: Look
  className?: string
  children: ReactNode
}) {
  return (
    <Link href={href} prefetch={false} className={`button button-${look} ${className}`}>
      {children}
    </Link>
  )
}
