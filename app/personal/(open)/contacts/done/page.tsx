import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'

export const metadata: Metadata = { title: 'Готово', robots: { index: false } }

export default async function DonePage({ searchParams }: PageProps<'/personal/contacts/done'>) {
  const state = z.enum(['confirmed', 'undone']).safeParse((await searchParams).state).data
  if (!state) notFound()
  return (
    <div className="mx-auto grid max-w-md gap-5">
      {state === 'confirmed' ? (
        <>
          <h1>Адрес подтверждён</h1>
          <Notice tone="good" role="status">
            <p>Теперь письма из личного кабинета приходят на новый адрес.</p>
          </Notice>
          <p>
            <ButtonLink href="/personal">В кабинет</ButtonLink>
          </p>
        </>
      ) : (
        <>
          <h1>Изменение отменено</h1>
          <Notice tone="good" role="status">
            <p>
              Всё, как было. Входы завершены, прежний пароль не действует: письмо со ссылкой для нового уже
              идёт на вашу почту.
            </p>
          </Notice>
          <p className="text-soft">Ссылка действует 30 минут. Не успеете — запросите новую.</p>
          <p>
            <ButtonLink href="/personal/recover" look="second">
              Забыли пароль?
            </ButtonLink>
          </p>
        </>
      )}
    </div>
  )
}
