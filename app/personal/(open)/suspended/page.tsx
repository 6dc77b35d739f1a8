import type { Metadata } from 'next'
import { SignOut } from '@/app/personal/_phone/sign-out'
import { currentSettings } from '@/lib/settings/queries'

export const metadata: Metadata = { title: 'Доступ приостановлен' }

/** What a blocked person reads: no reason, no blame, whom to call. */
export default async function SuspendedPage() {
  const { company, texts } = await currentSettings()
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <h1>Доступ временно приостановлен</h1>
      <p>
        Мы закрыли вход в ваш кабинет, чтобы данные не увидел посторонний. С вашим счётом ничего не случилось.
      </p>
      <p>
        Позвоните нам, и мы всё объясним (<span className="whitespace-nowrap">{company.hours}</span>):
      </p>
      <p className="grid gap-1 text-[1.3rem] font-semibold">
        {company.phones.map((phone) => (
          <a key={phone.tel} href={`tel:${phone.tel}`} className="w-fit py-1.5">
            {phone.text}
          </a>
        ))}
      </p>
      <p>Или приходите с паспортом: {company.postalAddress}.</p>
      {texts.suspended ? <p className="whitespace-pre-line">{texts.suspended}</p> : null}
      <SignOut />
    </div>
  )
}
