'use client'

import { type FormView, ServerForm } from '@/app/_ui/form'
import { publish } from '@/lib/notices/actions'
import { NoticeFields } from './fields'
import { NoticePreview } from './preview'

const labels = {
  kind: 'О чём',
  title: 'Заголовок',
  body: 'Текст',
  startsAt: 'Начало',
  endsAt: 'Конец',
  shownUntil: 'Показывать до',
  audience: 'Для кого',
  place: 'Дом или микрорайон',
  service: 'Услуга',
}

export interface Choices {
  places: { microdistricts: readonly string[]; houses: readonly string[] }
  services: readonly { id: number; name: string }[]
}

/** First the notice, then, before anything happens, whom it reaches and how. */
export function NoticeForm({ sendingKey, ...choices }: Choices & { sendingKey: string }) {
  return (
    <ServerForm action={publish} labels={labels} className="grid gap-4">
      {(view) => (
        <>
          <input type="hidden" name="sendingKey" value={view.value('sendingKey', sendingKey)} />
          <Step view={view} choices={choices} />
        </>
      )}
    </ServerForm>
  )
}

function Step({ view, choices }: { view: FormView; choices: Choices }) {
  if (view.shown) return <NoticePreview view={view} shown={view.shown} choices={choices} />
  return <NoticeFields view={view} labels={labels} choices={choices} />
}
