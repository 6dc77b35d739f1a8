import Link from 'next/link'

const pages = [
  { href: '/admin/privacy', name: 'Ждут ответа' },
  { href: '/admin/privacy?state=settled', name: 'Отвеченные' },
  { href: '/admin/privacy/acts', name: 'Акты' },
  { href: '/admin/privacy/retention', name: 'Сроки хранения' },
]

/** The pages of the room. */
export function PrivacyNav({ here }: { here: string }) {
  return (
    <nav aria-label="Персональные данные" className="flex flex-wrap gap-x-5">
      {pages.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={href === here ? 'page' : undefined}
          className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
