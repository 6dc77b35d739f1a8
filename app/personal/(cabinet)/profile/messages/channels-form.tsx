'use client'

import { CheckField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { saveChannels } from '@/lib/access/actions'
import { chosenKinds } from '@/lib/access/schema'

type Kind = keyof typeof chosenKinds
type Choice = Record<Kind, { email: boolean; sms: boolean }>

const hints: Record<Kind, string> = {
  bills: 'Если для счёта выбрана квитанция на почту. Без отметки она просто ждёт в кабинете',
  readings: 'Когда кончается приём показаний и подходит срок поверки',
  notices: 'Плановые работы, аварии и объявления вашего дома',
}

/** Kind by kind: by e-mail, by SMS, by both or not at all. Without SMS that column is left out. */
export function ChannelsForm({ choice, sms }: { choice: Choice; sms: boolean }) {
  return (
    <ServerForm action={saveChannels} labels={{}} className="grid gap-5">
      {(view) => (
        <>
          {kinds.map((kind) => (
            <KindField key={kind} kind={kind} choice={choice} sms={sms} view={view} />
          ))}
          <div>
            <SubmitButton view={view}>Сохранить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

const kinds = ['bills', 'readings', 'notices'] as const

function KindField({
  kind,
  choice,
  sms,
  view,
}: {
  kind: Kind
  choice: Choice
  sms: boolean
  view: FormView
}) {
  const checked = (channel: 'email' | 'sms') => view.checked(`${kind}.${channel}`) || choice[kind][channel]
  return (
    <fieldset aria-describedby={`${kind}-words`}>
      <legend className="font-semibold">{chosenKinds[kind]}</legend>
      <p id={`${kind}-words`} className="text-[0.94em] text-soft">
        {hints[kind]}
      </p>
      <div className="flex flex-wrap gap-x-8">
        <CheckField name={`${kind}.email`} label="Письмом" defaultChecked={checked('email')} />
        {sms ? <CheckField name={`${kind}.sms`} label="SMS" defaultChecked={checked('sms')} /> : null}
      </div>
    </fieldset>
  )
}
