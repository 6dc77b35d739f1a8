import type { Metadata } from 'next'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { channelsOf, type SmsState } from '@/lib/access/channels-choice'
import { messagesChoice } from '@/lib/access/messages'
import { MESSAGES_CONSENT } from '@/lib/access/schema'
import { requireSubscriber } from '@/lib/session/require'
import { BackToProfile } from '../back'
import { ChannelsForm } from './channels-form'

export const metadata: Metadata = { title: 'Что и как присылать' }

const noSms: Record<Exclude<SmsState, 'free'>, string> = {
  off: 'SMS мы пока не отправляем. Когда начнём, здесь появится выбор.',
  'no-phone': 'Чтобы получать SMS, укажите в профиле мобильный телефон и подтвердите его кодом.',
  'not-confirmed': 'Чтобы получать SMS, подтвердите телефон в профиле: мы пришлём на него код.',
}

export default async function MessagesPage({ searchParams }: PageProps<'/personal/profile/messages'>) {
  const subscriber = await requireSubscriber()
  const [{ choice, sms }, { accepted }] = await Promise.all([
    channelsOf(subscriber),
    messagesChoice(subscriber),
  ])
  const saved = z.literal('saved').safeParse((await searchParams).done).success
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Что и как присылать</h1>
      {saved ? <Notice tone="good" role="status" title="Готово, выбор сохранён" /> : null}
      {accepted ? null : (
        <Notice tone="warn" title={`«${MESSAGES_CONSENT}» сейчас отключено`}>
          <p>
            Поэтому о показаниях, отключениях и новостях мы не пишем, что бы ни стояло ниже. Включить можно в
            профиле. Квитанция на почту приходит и без него, если вы её выбрали.
          </p>
        </Notice>
      )}
      <Card className="grid gap-4">
        {sms === 'free' ? null : <p className="text-soft">{noSms[sms]}</p>}
        <ChannelsForm choice={choice} sms={sms === 'free'} />
      </Card>
      <p className="max-w-[65ch] text-soft">
        Чеки об оплате, ответы на обращения и письма о доступе и безопасности приходят на почту всегда: это
        ответ на то, что вы сделали.
      </p>
      <BackToProfile />
    </div>
  )
}
