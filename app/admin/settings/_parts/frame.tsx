import type { ReactNode } from 'react'
import { Card, Notice } from '@/app/_ui/box'
import { NavLink } from '@/app/_ui/nav-link'

/** The sections, in the order a new company fills them in. */
export const rooms = [
  { href: '/admin/settings/company', name: 'Компания' },
  { href: '/admin/settings/requisites', name: 'Реквизиты' },
  { href: '/admin/settings/payments', name: 'Платежи' },
  { href: '/admin/settings/channels', name: 'Каналы' },
  { href: '/admin/settings/readings', name: 'Показания' },
  { href: '/admin/settings/terms', name: 'Сроки' },
  { href: '/admin/settings/rates', name: 'Ставки по датам' },
  { href: '/admin/settings/calendar', name: 'Календарь' },
  { href: '/admin/settings/exchange', name: 'Обмен' },
  { href: '/admin/settings/texts', name: 'Тексты' },
  { href: '/admin/settings/retention', name: 'Хранение' },
] as const

/** A page of the settings: the sections at the side, one of them in full. */
export function Frame({
  title,
  saved,
  nav = true,
  children,
}: {
  title: string
  /** In the address after a change. */
  saved?: string | string[] | undefined
  /** Whether the other sections stand beside. */
  nav?: boolean
  children: ReactNode
}) {
  return (
    <div
      className={`grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 ${nav ? 'wide:grid-cols-[12rem_minmax(0,1fr)]' : ''}`}
    >
      {nav ? <Rooms /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
        <h1>{title}</h1>
        {saved ? <Notice tone="good" role="status" title="Настройки сохранены" /> : null}
        {children}
      </div>
    </div>
  )
}

function Rooms() {
  return (
    <nav aria-label="Настройки" className="wide:border-r wide:border-line">
      <ul className="flex flex-wrap gap-x-4 wide:grid">
        <li>
          <NavLink href="/admin/settings" exact className={roomLook}>
            Настройки
          </NavLink>
        </li>
        {rooms.map(({ href, name }) => (
          <li key={href}>
            <NavLink href={href} className={roomLook}>
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const roomLook =
  'inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline'

/** A term and what stands there, one beneath the other. */
export function Facts({ rows }: { rows: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <Card>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-1 wide:grid-cols-[16rem_minmax(0,1fr)]">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-soft">{term}</dt>
            <dd className="mb-2 wrap-anywhere wide:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
