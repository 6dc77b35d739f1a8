import Link from 'next/link'

/** The way back from a page beneath the profile. */
export function BackToProfile() {
  return (
    <p>
      <Link href="/personal/profile" prefetch={false} className="inline-flex min-h-11 items-center">
        Вернуться в профиль
      </Link>
    </p>
  )
}
