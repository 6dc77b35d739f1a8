'use client'

import { Button, ButtonLink } from '@/app/_ui/button'
import { CheckField, TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { giveMoneyBack } from '@/lib/payments/actions'

const labels = { amount: 'Сколько вернуть, ₽', reason: 'Почему', sure: 'Подтверждение' }

/** «Вернуть деньги» of one part of a payment. */
export function RefundForm({
  paymentId,
  position,
  formKey,
  most,
}: {
  paymentId: string
  position: number
  formKey: string
  /** The most that can be given back: `1 234,56`. */
  most: string
}) {
  return (
    <ServerForm action={giveMoneyBack} labels={labels} className="grid max-w-xl gap-3">
      {(view) => (
        <>
          <input type="hidden" name="formKey" value={formKey} />
          <input type="hidden" name="paymentId" value={paymentId} />
          <input type="hidden" name="position" value={position} />
          <TextField
            name="amount"
            label={labels.amount}
            hint={`Не больше ${most}`}
            inputMode="decimal"
            autoComplete="off"
            className="max-w-48"
            error={view.error('amount')}
            defaultValue={view.value('amount', most)}
          />
          <TextAreaField
            name="reason"
            label={labels.reason}
            hint="Например: «заявление от 20 ноября, оплачено дважды»"
            rows={2}
            maxLength={500}
            error={view.error('reason')}
            defaultValue={view.value('reason')}
          />
          <CheckField
            name="sure"
            label="Понимаю, что деньги уйдут жильцу"
            error={view.error('sure')}
            defaultChecked={view.checked('sure')}
          />
          <div className="flex flex-wrap gap-3">
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Вернуть деньги
            </Button>
            <ButtonLink href={`/admin/payments/${paymentId}`} look="quiet">
              Не возвращать
            </ButtonLink>
          </div>
        </>
      )}
    </ServerForm>
  )
}
