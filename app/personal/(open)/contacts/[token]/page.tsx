import type { Metadata } from 'next'
import { ButtonLink } from '@/app/_ui/button'
import { emailLink } from '@/lib/access/contacts'
import { ConfirmForm } from '../forms'

export const metadata: Metadata = { title: 'Новый адрес почты', robots: { index: false } }

const dead = {
  done: 'По этой ссылке адрес уже подтверждён. Ничего больше делать не нужно.',
  late: 'Срок ссылки вышел, или её заменила более новая. Укажите адрес в профиле ещё раз.',
  unknown: 'Такой ссылки нет. Проверьте, что адрес из письма скопирован целиком.',
}

/** Opening the link changes nothing: mail programs open links too. */
export default async function ConfirmEmailPage({ params }: PageProps<'/personal/contacts/[token]'>) {
  const { token } = await params
  const state = await emailLink(token, new Date())
  return (
    <div className="mx-auto grid max-w-md gap-5">
      {state === 'open' ? (
        <>
          <h1>Новый адрес почты</h1>
          <p>
            Нажмите кнопку, и письма из личного кабинета будут приходить на этот адрес. На прежний мы напишем
            о смене.
          </p>
          <ConfirmForm token={token} />
        </>
      ) : (
        <>
          <h1>{state === 'done' ? 'Адрес подтверждён' : 'Ссылка не действует'}</h1>
          <p>{dead[state]}</p>
          <p>
            <ButtonLink href="/personal/profile/contacts" look="second">
              Почта и телефон
            </ButtonLink>
          </p>
        </>
      )}
    </div>
  )
}
