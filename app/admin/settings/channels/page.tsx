import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { mailState, textState } from '@/lib/office/environment'
import { errorWords } from '@/lib/office/outcome'
import { type Waiting, waitingMessages } from '@/lib/office/queries'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { Facts, Frame } from '../_parts/frame'
import { TestLetterForm, TestTextForm } from './test-forms'

export const metadata: Metadata = { title: 'Каналы — настройки' }

export default async function ChannelsPage() {
  const staff = await requireStaff('settings.see')
  const waiting = await waitingMessages(staff)
  const [mail, texts] = [mailState(), textState()]
  const change = may(staff.roles, 'settings.change')
  const transports = {
    file: 'письма не отправляются, а складываются в папку',
    smtp: 'по SMTP',
    resend: 'через Resend',
  }
  return (
    <Frame title="Каналы">
      <h2>Почта</h2>
      <Facts
        rows={[
          ['Как уходят письма', `${transports[mail.transport]}: ${mail.through}`],
          ['Отправитель', mail.from],
          ['В очереди', waitingWords(waiting.letters)],
        ]}
      />
      {change ? (
        <Card>
          <TestLetterForm />
        </Card>
      ) : null}
      <h2>SMS</h2>
      <Facts
        rows={[
          [
            'Как уходят SMS',
            texts ? `через sms.ru: ${texts.through}` : 'не подключены: на сервере задайте SMS=smsru',
          ],
          ['В очереди', waitingWords(waiting.texts)],
        ]}
      />
      {change && texts ? (
        <Card>
          <TestTextForm />
        </Card>
      ) : null}
    </Frame>
  )
}

function waitingWords({ count, since, lastError }: Waiting): string {
  if (count === 0) return 'пусто: всё отправлено'
  const words = `${count}${since ? `, самое старое — ${formatInstant(since)}` : ''}`
  return lastError ? `${words}. ${errorWords(lastError)}` : words
}
