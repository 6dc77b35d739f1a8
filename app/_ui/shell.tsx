import Link from 'next/link'
import type { ReactNode } from 'react'
import { currentSettings } from '@/lib/settings/queries'
import { Logo } from './logo'

/** The page around everything a resident sees: head, main, foot with the ways to reach the company. */
export async function Shell({
  aside,
  nav,
  tabs = false,
  children,
}: {
  aside?: ReactNode
  nav?: ReactNode
  tabs?: boolean
  children: ReactNode
}) {
  const { company } = await currentSettings()
  return (
    <div className={`flex min-h-dvh flex-col ${tabs ? 'pb-20 wide:pb-0 print:pb-0' : ''}`}>
      <SkipLink />
      <header className="border-b border-line bg-card print:hidden">
        <div className="mx-auto flex max-w-6xl items-center justify-between gap-4 px-5 py-3">
          <Link
            href="/personal"
            prefetch={false}
            className="flex min-h-11 items-center gap-3.5 text-ink no-underline hover:text-ink"
          >
            <Logo />
            <span className="leading-tight">
              <span className="block font-semibold">Личный кабинет</span>
              <span className="block text-[0.8em] text-soft">
                {company.name}, {company.town}
              </span>
            </span>
          </Link>
          {aside}
        </div>
      </header>
      {nav}
      <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-5 py-6 print:p-0">
        {children}
      </main>
      <Foot company={company} />
    </div>
  )
}

/** First stop of the keyboard: past the head to what the page says. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="button button-main fixed left-2 top-2 z-20 -translate-y-24 opacity-0 focus:translate-y-0 focus:opacity-100"
    >
      К содержанию
    </a>
  )
}

function Foot({ company }: { company: Awaited<ReturnType<typeof currentSettings>>['company'] }) {
  return (
    <footer className="border-t border-line print:hidden">
      <div className="mx-auto grid max-w-6xl gap-x-12 gap-y-1 px-5 py-4 text-[0.88em] text-soft wide:grid-cols-[auto_auto_1fr]">
        <p className="max-w-[18rem] py-2.5">
          {company.name}, {company.postalAddress}
        </p>
        <p>
          {company.phones.map((phone) => (
            <a key={phone.tel} href={`tel:${phone.tel}`} className={`mr-4 ${footTarget}`}>
              {phone.text}
            </a>
          ))}
          <br />
          <a href={`mailto:${company.email}`} className={footTarget}>
            {company.email}
          </a>
        </p>
        <p className="wide:text-right">
          <FootLink href="/personal/documents/agreement">Пользовательское соглашение</FootLink>
          <FootLink href="/personal/documents/consent">Согласие на обработку данных</FootLink>
          <FootLink href="/personal/documents/privacy">Политика обработки данных</FootLink>
          <FootLink href="/personal/check">Проверить документ</FootLink>
          <FootLink href="/personal/feedback">Обратная связь</FootLink>
        </p>
      </div>
    </footer>
  )
}

const footTarget = 'inline-flex min-h-11 items-center whitespace-nowrap'

function FootLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={`mr-4 wide:mr-0 wide:ml-4 ${footTarget}`}>
      {children}
    </Link>
  )
}
