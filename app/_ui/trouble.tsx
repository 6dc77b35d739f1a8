'use client'

import { Button } from './button'
import { PlainPage } from './plain-page'

/** What a person sees when a page could not be made: honest, without codes, with the way on. */
export function Trouble({ again }: { again: () => void }) {
  return (
    <PlainPage title="Сервис временно недоступен">
      <p>Страница не открылась, и это наша неполадка. Отправленное раньше не пропало.</p>
      <p>Подождите минуту и попробуйте ещё раз.</p>
      <p>
        <Button type="button" onClick={again}>
          Попробовать ещё раз
        </Button>
      </p>
    </PlainPage>
  )
}
