'use client'

import { Button } from '@/app/_ui/button'
import { CheckField, SelectField, TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { settlePayment } from '@/lib/payments/actions'

const labels = { decision: 'Решение', reason: 'Почему', sure: 'Подтверждение' }

/** What to do with a payment in quarantine. */
export function SettleForm({ paymentId }: { paymentId: string }) {
  return (
    <ServerForm action={settlePayment} labels={labels} className="grid max-w-xl gap-3">
      {(view) => (
        <>
          <input type="hidden" name="paymentId" value={paymentId} />
          <SelectField
            name="decision"
            label={labels.decision}
            error={view.error('decision')}
            defaultValue={view.value('decision', '')}
          >
            <option value="">Выберите</option>
            <option value="credit">Зачислить: сумма та, и это тот самый платёж</option>
            <option value="return">Вернуть плательщику всё, что пришло</option>
            <option value="close">Закрыть: денег у платёжной системы нет</option>
          </SelectField>
          <TextAreaField
            name="reason"
            label={labels.reason}
            hint="Останется в журнале"
            rows={2}
            maxLength={500}
            error={view.error('reason')}
            defaultValue={view.value('reason')}
          />
          <CheckField
            name="sure"
            label="Понимаю, что деньги уйдут жильцу"
            hint="Нужно, только если возвращаете"
            error={view.error('sure')}
            defaultChecked={view.checked('sure')}
          />
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Решить
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
