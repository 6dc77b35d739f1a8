'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { saveVersion } from '@/lib/publishing/actions'
import type { CalendarDay } from '@/lib/units/day'
import { Preview } from './preview'

const labels = { title: 'Название', body: 'Текст', file: 'Или файл .md', effectiveOn: 'Действует с' }

interface Props {
  kind: string
  today: CalendarDay
  /** What the new version is written from. */
  newest: { version: number; title: string; body: string }
}

/** The text first, then how residents will see it; between the two everything typed is carried on. */
export function VersionForm(props: Props) {
  return (
    <ServerForm action={saveVersion} labels={labels} className="grid gap-4">
      {(view) => <Steps view={view} {...props} />}
    </ServerForm>
  )
}

const fields = ['title', 'body', 'file', 'effectiveOn']

function Steps({ view, kind, today, newest }: Props & { view: FormView }) {
  const step = view.shown?.step ?? view.value('step')
  const carried = {
    title: view.shown?.title ?? view.value('title', newest.title) ?? '',
    body: view.shown?.body ?? view.value('body', newest.body) ?? '',
    effectiveOn: view.shown?.effectiveOn ?? view.value('effectiveOn', today) ?? '',
  }
  // A refusal of «Опубликовать» keeps the preview; what is wrong with a field is mended in the field.
  const previewed = (view.shown ? step === 'preview' : step === 'publish') && !fields.some(view.error)
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="base" value={newest.version} />
      {previewed ? (
        <>
          {Object.entries(carried).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Preview {...carried} newest={newest}>
            <div className="flex flex-wrap gap-3">
              <Button name="step" value="publish" aria-disabled={view.pending || undefined}>
                {view.pending ? 'Публикуем…' : 'Опубликовать'}
              </Button>
              <Button look="second" name="step" value="edit">
                Вернуться к тексту
              </Button>
            </div>
          </Preview>
        </>
      ) : (
        <Fields key={step} view={view} today={today} start={carried} />
      )}
    </>
  )
}

function Fields({
  view,
  today,
  start,
}: {
  view: FormView
  today: CalendarDay
  start: Record<'title' | 'body' | 'effectiveOn', string>
}) {
  return (
    <>
      <div className="grid items-end gap-x-6 gap-y-4 wide:grid-cols-[2fr_1fr]">
        <TextField name="title" label={labels.title} defaultValue={start.title} error={view.error('title')} />
        <TextField
          name="effectiveOn"
          label={labels.effectiveOn}
          hint="Сегодня — сразу после публикации, позже — с 00:00 по Москве"
          type="date"
          min={today}
          defaultValue={start.effectiveOn}
          error={view.error('effectiveOn')}
        />
      </div>
      <TextAreaField
        name="body"
        label={labels.body}
        hint="Markdown: «## Заголовок», пустая строка между абзацами, «- » перед пунктом списка. Сейчас здесь текст последней версии"
        rows={22}
        spellCheck
        defaultValue={start.body}
        error={view.error('body')}
        className="font-mono text-[0.94em]"
      />
      <TextField
        name="file"
        label={labels.file}
        hint="UTF-8 или Windows-1251, до 1 МБ. Его текст встанет вместо текста в поле"
        type="file"
        accept=".md,.markdown,.txt,text/markdown,text/plain"
        error={view.error('file')}
      />
      <div>
        <Button name="step" value="preview" aria-disabled={view.pending || undefined}>
          {view.pending ? 'Готовим…' : 'Посмотреть, как увидят жители'}
        </Button>
      </div>
    </>
  )
}
