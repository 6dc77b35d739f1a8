'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { keepTemplate, removeTemplate } from '@/lib/enquiries/actions'

const labels = { title: 'Название', body: 'Текст ответа' }

/** A template of an answer, new or to be changed. */
export function TemplateForm({ template }: { template: { id: string; title: string; body: string } }) {
  return (
    <ServerForm action={keepTemplate} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="id" value={template.id} />
          <TextField
            name="title"
            label={labels.title}
            maxLength={80}
            error={view.error('title')}
            defaultValue={view.value('title', template.title)}
          />
          <TextAreaField
            name="body"
            label={labels.body}
            rows={6}
            maxLength={4000}
            error={view.error('body')}
            defaultValue={view.value('body', template.body)}
          />
          <div>
            <SubmitButton view={view}>Сохранить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Удалить заготовку». */
export function DropForm({ id }: { id: string }) {
  return (
    <ServerForm action={removeTemplate} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="id" value={id} />
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Удалить заготовку
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
