'use client'

import { Button } from '@/app/_ui/button'
import { SelectField, TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { assign, close, note, reopen } from '@/lib/enquiries/actions'
import { closeReasons } from '@/lib/enquiries/rules'

/** «Взять себе», or give it to a colleague. */
export function AssignForm({
  number,
  assignedTo,
  self,
  colleagues,
}: {
  number: number
  assignedTo: string | null
  self: string
  colleagues: readonly { id: string; login: string }[]
}) {
  return (
    <>
      {assignedTo === self ? null : (
        <ServerForm action={assign} labels={{}} className="grid gap-3">
          {(view) => (
            <>
              <input type="hidden" name="number" value={number} />
              <input type="hidden" name="to" value={self} />
              <div>
                <Button aria-disabled={view.pending || undefined}>Взять себе</Button>
              </div>
            </>
          )}
        </ServerForm>
      )}
      <ServerForm action={assign} labels={{ to: 'Кому' }} className="grid gap-3">
        {(view) => (
          <>
            <input type="hidden" name="number" value={number} />
            <SelectField
              name="to"
              label="Кому поручить"
              error={view.error('to')}
              defaultValue={view.value('to', assignedTo ?? '')}
            >
              <option value="">Никому</option>
              {colleagues.map(({ id, login }) => (
                <option key={id} value={id}>
                  {login}
                </option>
              ))}
            </SelectField>
            <div>
              <Button look="second" aria-disabled={view.pending || undefined}>
                Поручить
              </Button>
            </div>
          </>
        )}
      </ServerForm>
    </>
  )
}

/** A note residents never see. */
export function NoteForm({ number }: { number: number }) {
  return (
    <ServerForm action={note} labels={{ remark: 'Заметка' }} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <TextAreaField
            name="remark"
            label="Заметка"
            hint="Увидят только сотрудники"
            rows={3}
            maxLength={4000}
            error={view.error('remark')}
            defaultValue={view.value('remark')}
          />
          <div>
            <Button look="second" aria-disabled={view.pending || undefined}>
              Оставить заметку
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Закрыть»: the question is settled, or clause 3.4 lets it go without an answer. */
export function CloseForm({ number }: { number: number }) {
  const labels = { reason: 'Почему', note: 'Пояснение' }
  return (
    <ServerForm action={close} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <SelectField
            name="reason"
            label={labels.reason}
            error={view.error('reason')}
            defaultValue={view.value('reason', '')}
          >
            <option value="">Выберите причину</option>
            {Object.entries(closeReasons).map(([reason, words]) => (
              <option key={reason} value={reason}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField
            name="note"
            label={labels.note}
            hint="Останется в обращении, человек его не увидит"
            maxLength={300}
            error={view.error('note')}
            defaultValue={view.value('note')}
          />
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Закрыть обращение
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Открыть снова». */
export function ReopenForm({ number }: { number: number }) {
  return (
    <ServerForm action={reopen} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <div>
            <SubmitButton view={view}>Открыть снова</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
