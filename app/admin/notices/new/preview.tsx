'use client'

import { Card, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import type { FormView } from '@/app/_ui/form'
import { plural } from '@/lib/units/text'
import type { Choices } from './notice-form'

const sentOn = [
  'kind',
  'title',
  'body',
  'startsAt',
  'endsAt',
  'shownUntil',
  'audience',
  'place',
  'service',
] as const

/** What will be published, for how many, and how they will learn of it; nothing has happened yet. */
export function NoticePreview({
  view,
  shown,
  choices,
}: {
  view: FormView
  shown: Record<string, string>
  choices: Choices
}) {
  const busy = view.pending || undefined
  return (
    <>
      {sentOn.map((name) => (
        <input key={name} type="hidden" name={name} value={shown[name] ?? ''} />
      ))}
      <Card className="grid gap-1">
        <h2 className="break-words">{shown.title}</h2>
        {shown.when ? <p className="font-medium">{shown.when}</p> : null}
        <p className="break-words whitespace-pre-line">{shown.body}</p>
        <p className="mt-2 text-soft">{`${forWhom(shown, choices)}. Показывать до ${moment(shown.until)}.`}</p>
      </Card>
      <Notice role="status" tone="warn" title="Ещё не опубликовано. Проверьте, кто это увидит">
        <ul className="mt-1 list-disc pl-5">
          <li>{`${plural(Number(shown.accounts), ['лицевой счёт', 'лицевых счёта', 'лицевых счетов'])}, в кабинете ${plural(Number(shown.people), ['человек', 'человека', 'человек'])}`}</li>
          <li>{`письмо: ${shown.emails}, SMS: ${shown.texts} — только тем, кто на них согласился`}</li>
        </ul>
      </Notice>
      <div className="flex flex-wrap gap-3">
        <Button name="step" value="publish" aria-disabled={busy}>
          {view.pending ? 'Публикуем…' : 'Опубликовать'}
        </Button>
        <Button look="second" name="step" value="edit" aria-disabled={busy}>
          Исправить
        </Button>
      </div>
    </>
  )
}

function forWhom({ audience, place, service }: Record<string, string>, { services }: Choices): string {
  if (audience === 'all') return 'Всем'
  if (audience === 'service')
    return `Кому начисляется «${services.find(({ id }) => String(id) === service)?.name ?? ''}»`
  return place ?? ''
}

/** `2026-11-27T09:00` as people write it. */
function moment(value = ''): string {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(value) ?? []
  return `${day}.${month}.${year} ${time}`
}
