import type { Metadata } from 'next'
import { z } from 'zod'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { type SignIn, signInsOf } from '@/lib/access/devices'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { BackToProfile } from '../back'
import { EndForm, EndOthersForm } from './forms'

export const metadata: Metadata = { title: 'Входы и устройства' }

const done = { one: 'Вход завершён.', all: 'Все остальные входы завершены.' }

export default async function DevicesPage({ searchParams }: PageProps<'/personal/profile/devices'>) {
  const subscriber = await requireSubscriber()
  const { open, ended } = await signInsOf(subscriber, new Date())
  const act = z.enum(['one', 'all']).safeParse((await searchParams).done).data
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Входы и устройства</h1>
      <p className="max-w-[65ch]">
        Где сейчас открыт ваш кабинет. Не узнаёте вход — завершите его и смените пароль.
      </p>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <Card className="grid gap-4">
        <h2>Открыты сейчас</h2>
        <ul className="grid gap-4">
          {open.map((one) => (
            <OpenLine key={one.ref} one={one} />
          ))}
        </ul>
        {open.length > 1 ? <EndOthersForm /> : null}
      </Card>
      {ended.length === 0 ? null : (
        <Card className="grid gap-3">
          <h2>Недавно завершены</h2>
          <ul className="grid gap-3">
            {ended.map((one) => (
              <li key={one.ref}>
                <SignInWords one={one} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <BackToProfile />
    </div>
  )
}

function OpenLine({ one }: { one: SignIn }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line pb-4 last:border-0 last:pb-0">
      <div className="min-w-0">
        <SignInWords one={one} />
      </div>
      {one.current ? (
        <Badge tone="good">это вы сейчас</Badge>
      ) : (
        <EndForm sign={one.ref} device={one.device} />
      )}
    </li>
  )
}

function SignInWords({ one: { device, mode, address, createdAt, lastSeenAt } }: { one: SignIn }) {
  return (
    <>
      <p className="font-semibold break-words">
        {device}
        {mode === 'shared' ? ', чужой компьютер' : ''}
      </p>
      <p className="break-words text-soft">{`Вход ${formatInstant(createdAt)}, адрес ${address || 'неизвестен'}`}</p>
      <p className="text-soft">{`Последний раз открывали ${formatInstant(lastSeenAt)}`}</p>
    </>
  )
}
