'use client'

import { Card } from '@/app/_ui/box'
import { ServerForm } from '@/app/_ui/form'
import { sendRequest } from '@/lib/requests/actions'
import { requestSchema } from '@/lib/requests/schema'
import { Draft, SubmissionKey } from './draft'
import { ContactFields, DwellingFields, labels, PassportFields, PersonFields } from './fields'
import { GatedSubmit } from './gated-submit'
import { Ticks } from './ticks'

/** «Заявка на получение доступа в личный кабинет». */
export function RequestForm({
  submissionKey,
  today,
  retentionDays,
}: {
  submissionKey: string
  today: string
  retentionDays: number
}) {
  return (
    <ServerForm action={sendRequest} schema={requestSchema} labels={labels} gated className="grid gap-8">
      {(view) => (
        <>
          <SubmissionKey start={view.value('submissionKey') ?? submissionKey} />
          <Draft />
          <DwellingFields view={view} />
          <PersonFields view={view} />
          <PassportFields view={view} today={today} retentionDays={retentionDays} />
          <ContactFields view={view} />
          <section aria-labelledby="consents">
            <Card className="grid gap-4">
              <h2 id="consents">Согласия</h2>
              <Ticks view={view} />
              <GatedSubmit view={view}>Отправить</GatedSubmit>
            </Card>
          </section>
        </>
      )}
    </ServerForm>
  )
}
