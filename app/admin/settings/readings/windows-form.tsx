'use client'

import { Notice } from '@/app/_ui/box'
import { CheckField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { changeWindowsAction } from '@/lib/readings/actions'

interface Kind {
  kind: string
  name: string
}

/** Days readings are taken on; says what would change before it is saved. */
export function WindowsForm({
  start,
  waits,
  kinds,
  may,
}: {
  start: Record<string, string>
  waits: boolean
  kinds: readonly Kind[]
  /** Whether the person may change them; else they are only shown. */
  may: boolean
}) {
  const labels: Record<string, string> = {
    from: 'Первый день',
    to: 'Последний день',
    remind: 'Напомнить за сколько дней',
  }
  for (const { kind, name } of kinds) {
    labels[`from_${kind}`] = `${name}, первый день`
    labels[`to_${kind}`] = `${name}, последний день`
  }
  return (
    <ServerForm action={changeWindowsAction} labels={labels} className="grid gap-5">
      {(view) => (
        <fieldset disabled={!may} className="grid gap-5">
          <Days names={['from', 'to']} view={view} start={start} legend="Все счётчики" />
          <p className="text-soft">
            Если первый день больше последнего, приём переходит на следующий месяц: с 25 по 5.
          </p>
          <details open={kinds.some(({ kind }) => `from_${kind}` in start || view.error(`to_${kind}`))}>
            <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
              Другие дни для отдельных видов
            </summary>
            <div className="mt-2 grid gap-4">
              {kinds.map(({ kind, name }) => (
                <Days
                  key={kind}
                  names={[`from_${kind}`, `to_${kind}`]}
                  view={view}
                  start={start}
                  legend={name}
                />
              ))}
            </div>
          </details>
          <CheckField
            name="waits"
            label="Переносить закрытие на рабочий день"
            hint="Если последний день выходной, приём закроется в первый рабочий день после него"
            defaultChecked={view.shown ? 'waits' in view.shown : waits || view.checked('waits')}
          />
          <div className="w-64">
            <TextField
              name="remind"
              label={labels.remind}
              hint="До последнего дня приёма; 0 — в тот же день"
              inputMode="numeric"
              error={view.error('remind')}
              defaultValue={view.value('remind', view.shown?.remind ?? start.remind)}
            />
          </div>
          {view.shown ? <Preview words={view.shown.words ?? ''} mark={view.shown.confirmed ?? ''} /> : null}
          {may ? (
            <div>
              <SubmitButton view={view}>{view.shown ? 'Сохранить' : 'Что изменится'}</SubmitButton>
            </div>
          ) : (
            <p className="text-soft">Менять настройки может администратор.</p>
          )}
        </fieldset>
      )}
    </ServerForm>
  )
}

function Days({
  names: [from, to],
  view,
  start,
  legend,
}: {
  names: [string, string]
  view: FormView
  start: Record<string, string>
  legend: string
}) {
  return (
    <fieldset>
      <legend className="font-semibold">{legend}</legend>
      <div className="grid max-w-md grid-cols-2 gap-4">
        {[from, to].map((name) => (
          <TextField
            key={name}
            name={name}
            label={name === from ? 'Первый день' : 'Последний день'}
            inputMode="numeric"
            maxLength={2}
            error={view.error(name)}
            defaultValue={view.value(name, view.shown?.[name] ?? start[name])}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** What saving would change; said yes to by pressing once more. */
function Preview({ words, mark }: { words: string; mark: string }) {
  return (
    <Notice tone="warn" role="status" title="Что изменится">
      <input type="hidden" name="confirmed" value={mark} />
      {words.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  )
}
