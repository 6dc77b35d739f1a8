import type { Metadata } from 'next'
import { ButtonLink } from '@/app/_ui/button'
import { credentialsLink, linkAsksDigits } from '@/lib/access/queries'
import { PasswordForm } from './password-form'

export const metadata: Metadata = { title: 'Пароль', robots: { index: false } }

const dead = {
  used: 'По этой ссылке пароль уже задан, или её заменила более новая. Если пароль задали вы — просто войдите.',
  expired: 'Срок ссылки вышел. Это не страшно: запросите новую, она придёт на вашу почту.',
  unknown: 'Такой ссылки нет. Проверьте, что адрес из письма скопирован целиком, или запросите новую ссылку.',
}

/** Opening the link changes nothing: mail programs open links too. */
export default async function CredentialsPage({ params }: PageProps<'/personal/credentials/[token]'>) {
  const { token } = await params
  const state = await credentialsLink(token, new Date())
  if (state !== 'usable') return <DeadLink words={dead[state]} />
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Придумайте пароль</h1>
      <p>Пароль будете знать только вы. Сотрудники его не видят и никогда не спрашивают.</p>
      <PasswordForm token={token} digits={await linkAsksDigits(token)} />
    </div>
  )
}

function DeadLink({ words }: { words: string }) {
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Ссылка не действует</h1>
      <p>{words}</p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/personal/recover">Получить новую ссылку</ButtonLink>
        <ButtonLink href="/personal/login" look="second">
          Войти
        </ButtonLink>
      </p>
    </div>
  )
}
