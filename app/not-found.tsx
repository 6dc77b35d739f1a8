import type { Metadata } from 'next'
import { ButtonLink } from './_ui/button'
import { PlainPage } from './_ui/plain-page'

export const metadata: Metadata = { title: 'Такой страницы нет' }

export default function NotFound() {
  return (
    <PlainPage title="Такой страницы нет">
      <p>Возможно, адрес набран с ошибкой или страница переехала.</p>
      <p>
        <ButtonLink href="/personal">В личный кабинет</ButtonLink>
      </p>
    </PlainPage>
  )
}
