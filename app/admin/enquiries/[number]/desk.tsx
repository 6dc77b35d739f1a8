import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { answerers } from '@/lib/enquiries/staff'
import { templateChosen } from '@/lib/enquiries/staff-schema'
import { type AnswerTemplate, answerTemplate, answerTemplatesFor } from '@/lib/enquiries/templates'
import type { Staff } from '@/lib/session/require'
import { AnswerForm } from './answer-form'
import { AssignForm, CloseForm, NoteForm, ReopenForm } from './desk-forms'

interface Enquiry {
  number: number
  state: 'open' | 'answered' | 'closed'
  assignedTo: string | null
  login: string | null
  contactEmail: string | null
  messages: readonly { internal: boolean }[]
}

/** Everything that can be done with an enquiry. */
export async function Desk({
  staff,
  enquiry,
  template,
}: {
  staff: Staff
  enquiry: Enquiry
  template: unknown
}) {
  const { number, state } = enquiry
  const [colleagues, templates, chosen] = await Promise.all([
    answerers(staff),
    answerTemplatesFor(staff),
    chosenTemplate(staff, template),
  ])
  return (
    <>
      {state === 'closed' ? (
        <ReopenForm number={number} />
      ) : (
        <div className="grid gap-3">
          {templates.length > 0 ? (
            <InsertForm number={number} templates={templates} chosen={chosen?.id} />
          ) : null}
          <AnswerForm
            key={`${enquiry.messages.length} ${chosen?.id}`}
            number={number}
            start={chosen?.body ?? ''}
            told={toldWords(enquiry)}
          />
        </div>
      )}
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <Card className="grid gap-3">
          <h2>Исполнитель</h2>
          <AssignForm
            key={enquiry.assignedTo}
            number={number}
            assignedTo={enquiry.assignedTo}
            self={staff.userId}
            colleagues={colleagues}
          />
        </Card>
        <Card className="grid gap-3">
          <h2>Заметка для своих</h2>
          <NoteForm key={enquiry.messages.length} number={number} />
        </Card>
        {state === 'closed' ? null : (
          <Card className="grid gap-3">
            <h2>Закрыть обращение</h2>
            <CloseForm number={number} />
          </Card>
        )}
      </div>
    </>
  )
}

async function chosenTemplate(staff: Staff, wanted: unknown): Promise<AnswerTemplate | undefined> {
  const id = templateChosen.parse(wanted)
  return id === undefined ? undefined : answerTemplate(staff, id)
}

function toldWords({ login, contactEmail }: Enquiry): string {
  if (login) return 'Человек прочитает его в кабинете. В письме будет только номер и ссылка.'
  return contactEmail
    ? `Кабинета у человека нет: ответ целиком уйдёт письмом на ${contactEmail}.`
    : 'Почты человек не оставил: ответ останется здесь, о нём нужно сказать по телефону.'
}

/** «Вставить»: the answer begins with a template; by the address, without scripts too. */
function InsertForm({
  number,
  templates,
  chosen,
}: {
  number: number
  templates: readonly AnswerTemplate[]
  chosen: string | undefined
}) {
  return (
    <form action={`/admin/enquiries/${number}`} className="flex max-w-2xl flex-wrap items-end gap-3">
      <div className="min-w-60 flex-1">
        <SelectField name="template" label="Заготовка ответа" defaultValue={chosen ?? ''}>
          <option value="">Без заготовки</option>
          {templates.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
      </div>
      <Button look="second">Вставить</Button>
    </form>
  )
}
