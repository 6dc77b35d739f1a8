import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { consentsOf, type GivenConsent } from '@/lib/access/consents'
import { messagesChoice } from '@/lib/access/messages'
import { MESSAGES_CONSENT } from '@/lib/access/schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { BackToProfile } from '../back'
import { MessagesForm } from '../messages-form'

export const metadata: Metadata = { title: 'Мои согласия' }

type Kind = GivenConsent['kind']
const kinds: Record<Kind, { title: string; document?: string }> = {
  agreement: { title: 'Пользовательское соглашение', document: 'agreement' },
  personal_data: { title: 'Согласие на обработку персональных данных', document: 'consent' },
  messages: { title: MESSAGES_CONSENT },
}

export default async function ConsentsPage() {
  const subscriber = await requireSubscriber()
  const [consents, messages] = await Promise.all([consentsOf(subscriber), messagesChoice(subscriber)])
  const of = (kind: Kind) => consents.filter((one) => one.kind === kind)
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Мои согласия</h1>
      <Consent kind="agreement" given={of('agreement')}>
        <p className="text-soft">Отказаться от соглашения значит перестать пользоваться кабинетом.</p>
      </Consent>
      <Consent kind="personal_data" given={of('personal_data')}>
        <p className="text-soft">
          Без него кабинет работать не может: отзыв закрывает доступ. На той странице сначала сказано, что
          произойдёт.
        </p>
        <div>
          <ButtonLink href="/personal/profile/data" look="second">
            Как отозвать
          </ButtonLink>
        </div>
      </Consent>
      <Consent kind="messages" given={of('messages')}>
        <MessagesForm accepted={messages.accepted} />
      </Consent>
      <BackToProfile />
    </div>
  )
}

function Consent({
  kind,
  given,
  children,
}: {
  kind: Kind
  given: GivenConsent[]
  children: React.ReactNode
}) {
  return (
    <Card className="grid gap-3">
      <h2>{kinds[kind].title}</h2>
      {given.length === 0 ? (
        <p>Отметки об этом согласии в кабинете нет.</p>
      ) : (
        <ul className="grid gap-2">
          {given.map((one) => (
            <li key={one.id}>
              <Given one={one} />
            </li>
          ))}
        </ul>
      )}
      {children}
    </Card>
  )
}

function Given({ one: { kind, version, givenAt, requestNumber, withdrawnAt } }: { one: GivenConsent }) {
  const { document } = kinds[kind]
  return (
    <>
      {withdrawnAt ? <Badge>отозвано</Badge> : <Badge tone="good">дано</Badge>} {formatInstant(givenAt)}
      {requestNumber ? `, с заявкой № ${requestNumber}` : ''}
      {document && version !== null ? (
        <>
          ,{' '}
          <Link
            href={`/personal/documents/${document}/${version}`}
            prefetch={false}
            className="inline-block py-1"
          >
            {`версия ${version}`}
          </Link>
        </>
      ) : null}
      {withdrawnAt ? `; отозвано ${formatInstant(withdrawnAt)}` : ''}
    </>
  )
}
