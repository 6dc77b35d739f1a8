import type { Metadata } from 'next'
import { Button } from '@/app/_ui/button'
import { PlainPage } from '@/app/_ui/plain-page'
import { lastKnownSettings } from '@/lib/settings/queries'

export const metadata: Metadata = { title: 'Сервис временно недоступен' }

export default function OutagePage() {
  const { phones } = lastKnownSettings().company
  return (
    <PlainPage title="Сервис временно недоступен">
      <p>
        Мы уже знаем и чиним. Отправленное раньше не пропало: если вы видели подтверждение, всё сохранено.
      </p>
      <p>
        Подождите минуту и обновите страницу. Срочный вопрос — позвоните:
        <br />
        {phones.map((phone) => (
          <a
            key={phone.tel}
            href={`tel:${phone.tel}`}
            className="mr-4 inline-flex min-h-11 items-center whitespace-nowrap"
          >
            {phone.text}
          </a>
        ))}
      </p>
      <form method="get">
        <Button>Обновить страницу</Button>
      </form>
    </PlainPage>
  )
}
