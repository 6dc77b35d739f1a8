import type { Metadata } from 'next'
import { z } from 'zod'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { type Contacts, contactsOf } from '@/lib/access/contacts-state'
import { canText } from '@/lib/mail/owe-text'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatPhone } from '@/lib/units/phone'
import { BackToProfile } from '../back'
import { CancelForm, CodeForm, EmailForm, PhoneForm } from './forms'

export const metadata: Metadata = { title: 'Почта и телефон' }

const done = {
  email: 'Письмо отправлено на новый адрес. Откройте ссылку в нём и подтвердите адрес.',
  code: 'Код отправлен в SMS на новый номер.',
  changed: 'Номер изменён. О смене мы написали вам на почту.',
  phone: 'Номер подтверждён.',
  cancelled: 'Оставили всё, как было.',
}

export default async function ContactsPage({ searchParams }: PageProps<'/personal/profile/contacts'>) {
  const subscriber = await requireSubscriber()
  const contacts = await contactsOf(subscriber, new Date())
  const act = z
    .enum(['email', 'code', 'changed', 'phone', 'cancelled'])
    .safeParse((await searchParams).done).data
  return (
    <div className="grid gap-4">
      <h1>Почта и телефон</h1>
      <p className="max-w-[65ch]">
        На почту приходят ответы, квитанции и ссылка, если вы забудете пароль. О каждой смене мы пишем на
        прежний адрес: если это были не вы, её можно отменить за 72 часа.
      </p>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <EmailCard contacts={contacts} />
        <PhoneCard contacts={contacts} />
      </div>
      <BackToProfile />
    </div>
  )
}

function EmailCard({ contacts: { email, waiting } }: { contacts: Contacts }) {
  return (
    <Card className="grid gap-4">
      <div className="min-w-0">
        <h2>Электронная почта</h2>
        <p className="break-words">{email}</p>
      </div>
      {waiting.email ? (
        <Notice tone="warn" title="Ждём подтверждения">
          <p className="break-words">
            {`Письмо отправлено на ${waiting.email.value}. Подтвердить можно до ${formatInstant(waiting.email.until)}; до тех пор действует прежний адрес.`}
          </p>
          <CancelForm kind="email" />
        </Notice>
      ) : null}
      <EmailForm key={waiting.email?.until.toISOString()} again={waiting.email !== undefined} />
    </Card>
  )
}

function PhoneCard({ contacts: { phone, phoneConfirmedAt, waiting } }: { contacts: Contacts }) {
  const texts = canText()
  return (
    <Card className="grid gap-4">
      <div>
        <h2>Мобильный телефон</h2>
        <p>
          {phone ? <span className="whitespace-nowrap">{formatPhone(phone)}</span> : 'Не указан.'}{' '}
          {phone ? (
            <Badge tone={phoneConfirmedAt ? 'good' : 'plain'}>
              {phoneConfirmedAt ? 'подтверждён' : 'не подтверждён'}
            </Badge>
          ) : null}
        </p>
        {texts ? null : (
          <p className="text-[0.94em] text-soft">
            SMS мы пока не отправляем, поэтому номер не подтверждаем: он нужен только для звонков.
          </p>
        )}
      </div>
      {waiting.phone ? (
        <Notice tone="warn" title="Введите код из SMS">
          <p>{`Код отправлен на ${formatPhone(waiting.phone.value)}, он действует до ${formatInstant(waiting.phone.until)}.`}</p>
          <CodeForm />
          <CancelForm kind="phone" />
        </Notice>
      ) : null}
      <PhoneForm key={waiting.phone?.until.toISOString() ?? phone} texts={texts} />
    </Card>
  )
}
