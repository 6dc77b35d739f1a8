'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import type { FieldErrors } from '@/lib/result'
import { formatInstant } from '@/lib/units/day'
import { ConflictNotice } from './conflict'
import { NoNetwork, useOnline } from './no-network'
import { sendWaiting } from './queue'
import type { Sending } from './sending'
import { useArrival, useSending } from './sending-hooks'
import { sendingsText, watchSendings } from './storage'
import { dropSending, isWaiting, sendingOf } from './store'

const READINGS = '/personal/readings'

export interface NoticesProps {
  owner: string
  /** One stands at the readings. */
  reading: boolean
}

/** Sends what waits on the phone, and says what lies there and that there is no network. */
export function Notices({ owner, reading }: NoticesProps) {
  const text = useSyncExternalStore(watchSendings, sendingsText, () => '')
  const sending = text ? sendingOf(owner) : undefined
  useSending(owner, sending !== undefined && isWaiting(sending))
  useArrival(owner)
  return (
    <>
      {reading ? <NoNetwork /> : null}
      {sending ? <SendingNotice key={sending.key} sending={sending} /> : null}
    </>
  )
}

/** Where one kept sending stands, and what can be done about it. */
function SendingNotice({ sending }: { sending: Sending }) {
  const { answer } = sending
  switch (answer?.status) {
    case undefined:
      return <Waiting sending={sending} />
    case 'signed-out':
      return <SignedOut sending={sending} />
    case 'accepted':
      return <Accepted sending={sending} slip={answer.slip} />
    case 'conflict':
      return <ConflictNotice sending={sending} differences={answer.differences} />
    case 'invalid':
      return <Invalid sending={sending} errors={answer.errors} />
    case 'refused':
      return (
        <Notice tone="bad" role="alert" title={`Показания, записанные ${taken(sending)}, не приняты`}>
          <Values of={sending} />
          <p>{answer.message}</p>
          <Buttons>
            <Drop name="Понятно" of={sending} />
          </Buttons>
        </Notice>
      )
  }
}

/** Takes the focus when it answers what was pressed a moment ago: the button stands a screen below. */
function Waiting({ sending }: { sending: Sending }) {
  const online = useOnline()
  const box = useRef<HTMLDivElement>(null)
  const { takenAt, owner } = sending
  useEffect(() => {
    if (Date.now() - takenAt < 3_000) box.current?.focus()
  }, [takenAt])
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Notice tone="water" role="status" title={`Показания сохранены на телефоне ${taken(sending)}`}>
        <Values of={sending} />
        <p>Отправим, когда появится связь. Если закроете страницу, откройте её снова там, где связь есть.</p>
        <Buttons>
          {online ? (
            <Button type="button" look="second" onClick={() => sendWaiting(owner)}>
              Отправить сейчас
            </Button>
          ) : null}
          <Drop name="Не отправлять" of={sending} />
        </Buttons>
      </Notice>
    </div>
  )
}

function SignedOut({ sending }: { sending: Sending }) {
  return (
    <Notice tone="warn" role="status" title="Показания на телефоне ждут, пока вы войдёте">
      <Values of={sending} />
      <p>
        {`Они записаны ${taken(sending)} и не пропали, но вход закончился. `}
        <a href={`/personal/login?next=${encodeURIComponent(READINGS)}`} className="inline-block py-1">
          Войти и отправить
        </a>
      </p>
    </Notice>
  )
}

function Accepted({ sending, slip }: { sending: Sending; slip: string }) {
  return (
    <Notice tone="good" role="status" title={`Отправлено: показания, записанные ${taken(sending)}`}>
      <Values of={sending} />
      <Buttons>
        <Link
          href={slip}
          prefetch={false}
          onClick={() => dropSending(sending.key)}
          className="button button-second"
        >
          Расписка
        </Link>
        <Drop name="Понятно" of={sending} />
      </Buttons>
    </Notice>
  )
}

/** Where the form shows the errors by itself, they are not told twice. */
function Invalid({ sending, errors }: { sending: Sending; errors: FieldErrors }) {
  const { labels, inForm } = sending
  const shown = usePathname() === READINGS && inForm
  return (
    <Notice tone="warn" role="status" title={`Показания, записанные ${taken(sending)}, пока не приняты`}>
      {shown ? null : (
        <ul>
          {Object.entries(errors).map(([field, message]) => (
            <li key={field}>{labels[field] ? `${labels[field]}: ${message}` : message}</li>
          ))}
        </ul>
      )}
      <p>Исправьте и нажмите «Передать показания» ещё раз. Время, когда вы сняли показания, сохранится.</p>
      <Buttons>
        {shown ? null : (
          // A whole page, so that the form takes the values in.
          <a href={READINGS} className="button button-second">
            К форме
          </a>
        )}
        <Drop name="Не отправлять" of={sending} />
      </Buttons>
    </Notice>
  )
}

/** What was typed, by the names of the fields. */
function Values({ of: { values, labels } }: { of: Sending }) {
  const typed = Object.entries(values).filter(([field]) => labels[field] && /^m\d+r\d$/.test(field))
  return (
    <ul>
      {typed.map(([field, text]) => (
        <li key={field}>
          {`${labels[field]}: `}
          <span className="font-medium tabular-nums">{text}</span>
        </li>
      ))}
    </ul>
  )
}

function Buttons({ children }: { children: ReactNode }) {
  return <div className="mt-2 flex flex-wrap gap-3">{children}</div>
}

function Drop({ name, of }: { name: string; of: Sending }) {
  return (
    <Button type="button" look="quiet" className="first:-ml-3" onClick={() => dropSending(of.key)}>
      {name}
    </Button>
  )
}

function taken({ takenAt }: Sending): string {
  return formatInstant(new Date(takenAt))
}
