'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { askForAccount } from '@/lib/requests/actions'

const labels = {
  accountNumber: 'Лицевой счёт',
  meterSerial: 'Номер любого счётчика',
  billSum: 'Сумма последней квитанции',
}

/** Which account, and what only its holder knows. */
export function FurtherForm({ submissionKey }: { submissionKey: string }) {
  return (
    <ServerForm action={askForAccount} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="submissionKey" value={view.value('submissionKey', submissionKey)} />
          <TextField
            name="accountNumber"
            label={labels.accountNumber}
            hint="Номер вверху квитанции"
            error={view.error('accountNumber')}
            defaultValue={view.value('accountNumber')}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextField
            name="meterSerial"
            label={labels.meterSerial}
            hint="Можно не указывать, но с ним ответим быстрее"
            error={view.error('meterSerial')}
            defaultValue={view.value('meterSerial')}
            autoComplete="off"
          />
          <TextField
            name="billSum"
            label={labels.billSum}
            hint="Можно не указывать: «К оплате» внизу квитанции, например 1 234,56"
            error={view.error('billSum')}
            defaultValue={view.value('billSum')}
            inputMode="decimal"
            autoComplete="off"
          />
          <div>
            <SubmitButton view={view}>Отправить заявку</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
