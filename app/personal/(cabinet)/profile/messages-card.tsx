import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { MessagesChoice } from '@/lib/access/messages'
import { MESSAGES_CONSENT } from '@/lib/access/schema'
import { formatDay, moscowDay } from '@/lib/units/day'
import { MessagesForm } from './messages-form'

/** The consent to calls, SMS and e-mail: whether it stands, since when, and the button that changes it. */
export function MessagesCard({ choice: { accepted, since } }: { choice: MessagesChoice }) {
  const day = since ? ` с ${formatDay(moscowDay(since))}` : ''
  return (
    <Card className="grid gap-3">
      <h3>{MESSAGES_CONSENT}</h3>
      <p>
        <strong>{accepted ? `Да${day}.` : `Нет${day}.`}</strong>{' '}
        {accepted
          ? 'Напоминаем письмом, когда кончается приём показаний и когда подходит срок поверки счётчика.'
          : 'Письмами о показаниях и о поверке не напоминаем.'}
      </p>
      <p className="text-soft">
        Ответы на ваши обращения и письма о доступе приходят в любом случае. Передумать можно в любой день.
      </p>
      <MessagesForm accepted={accepted} />
      <p>
        <Link
          href="/personal/profile/messages"
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          Что и как присылать: письмом или SMS
        </Link>
      </p>
    </Card>
  )
}
