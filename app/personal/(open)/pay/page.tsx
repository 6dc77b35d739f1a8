import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/box'
import { limitWords } from '@/app/personal/_payments/how'
import { currentProvider } from '@/lib/payments/providers'
import { currentSettings } from '@/lib/settings/queries'
import { OtherPayForm } from './pay-form'

export const metadata: Metadata = { title: 'Оплатить за другого' }

/** Anybody may pay for any account; nothing but the house is told of it. */
export default async function OtherPaymentPage() {
  const [{ payments }, provider] = await Promise.all([currentSettings(), currentProvider()])
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <h1>Оплатить за другого</h1>
      {provider ? (
        <>
          <p>
            Заплатить можно за любую квартиру, логин не нужен. Возьмите квитанцию: понадобится номер счёта.
          </p>
          <OtherPayForm formKey={randomUUID()} limits={limitWords(payments)} />
        </>
      ) : (
        <Notice tone="plain" title="Оплата на сайте сейчас не работает">
          <p>Оплатите по коду в квитанции: наведите на него камеру в приложении банка.</p>
        </Notice>
      )}
    </div>
  )
}
