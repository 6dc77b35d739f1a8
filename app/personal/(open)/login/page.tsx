import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Notice } from '@/app/_ui/box'
import { ForgetPage } from '@/app/personal/_phone/forget'
import { loginSchema } from '@/lib/access/schema'
import { LoginForm } from './login-form'

export const metadata: Metadata = { title: 'Вход' }

const notices = {
  out: 'Вы вышли. На этом устройстве кабинет закрыт.',
  ended: 'Вход закончился: прошло много времени или вы вышли на другом устройстве. Войдите снова.',
  installed:
    'Сервис настроен. Войдите с логином и паролем администратора: при первом входе нужно будет включить одноразовые коды.',
  password: 'Пароль сохранён. Теперь войдите с ним: логин — в нашем письме.',
}

export default async function LoginPage({ searchParams }: PageProps<'/personal/login'>) {
  const { next, state } = z
    .object({
      next: loginSchema.shape.next,
      state: z.enum(['out', 'ended', 'password', 'installed']).optional().catch(undefined),
    })
    .parse(await searchParams)
  const notice = state ? notices[state] : undefined
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Вход в личный кабинет</h1>
      {notice ? (
        <Notice tone={state === 'password' || state === 'installed' ? 'good' : 'water'} role="status">
          {notice}
        </Notice>
      ) : null}
      {state === 'out' ? <ForgetPage /> : null}
      <LoginForm next={next} />
      <p>
        <Link href="/personal/recover" prefetch={false} className="inline-flex min-h-11 items-center">
          Забыли пароль?
        </Link>
      </p>
      <p className="border-t border-line pt-4 text-soft">
        Логина ещё нет?{' '}
        <Link href="/personal/request" prefetch={false}>
          Подайте заявку
        </Link>{' '}
        — логин придёт на почту. Или{' '}
        <Link href="/personal/pay" prefetch={false}>
          оплатите без входа
        </Link>
        .
      </p>
    </div>
  )
}
