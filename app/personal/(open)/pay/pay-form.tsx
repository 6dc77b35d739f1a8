'use client'

import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { How, type LimitWords } from '@/app/personal/_payments/how'
import { payForOther } from '@/lib/payments/actions'

const labels = { accountNumber: 'Лицевой счёт', amount: 'Сумма', email: 'Почта для чека' }

/** First the account, then, its house recognised, the amount and the way of paying. */
export function OtherPayForm({ formKey, limits }: { formKey: string; limits: LimitWords }) {
  return (
    <ServerForm action={payForOther} labels={labels}>
      {(view) => {
        // After an error the account found stands among what was typed.
        const found = view.shown ?? foundBefore(view)
        return found ? <Amount view={view} {...{ found, formKey, limits }} /> : <Find view={view} />
      }}
    </ServerForm>
  )
}

function foundBefore(view: FormView): Record<string, string> | undefined {
  const [accountNumber, address] = [view.value('accountNumber'), view.value('address')]
  if (!accountNumber || !address || view.value('step') !== 'pay') return undefined
  return { accountNumber, address }
}

function Find({ view }: { view: FormView }) {
  return (
    <>
      <input type="hidden" name="step" value="find" />
      <TextField
        name="accountNumber"
        label={labels.accountNumber}
        hint="Номер вверху квитанции, только цифры"
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        error={view.error('accountNumber')}
        defaultValue={view.value('accountNumber')}
      />
      <SubmitButton view={view}>Продолжить</SubmitButton>
    </>
  )
}

function Amount({
  view,
  found: { accountNumber = '', address = '' },
  formKey,
  limits,
}: {
  view: FormView
  found: Record<string, string>
  formKey: string
  limits: LimitWords
}) {
  const busy = view.pending || undefined
  return (
    <>
      <input type="hidden" name="formKey" value={view.value('formKey', formKey)} />
      <input type="hidden" name="accountNumber" value={accountNumber} />
      <input type="hidden" name="address" value={address} />
      <Card>
        <p className="text-[0.94em] text-soft">{`Счёт ${accountNumber}`}</p>
        <p className="font-semibold" role="status">
          {address}
        </p>
        <p className="mt-1 text-[0.94em] text-soft">
          Узнаёте дом? Квартиру, имя и долг мы не показываем: это чужие сведения.
        </p>
      </Card>
      <TextField
        name="amount"
        label="Сумма, ₽"
        inputMode="decimal"
        autoComplete="off"
        className="text-[1.25em] font-semibold tabular-nums"
        error={view.error('amount')}
        defaultValue={view.value('amount')}
      />
      <How view={view} limits={limits} email="" />
      <div className="grid gap-3">
        <Button name="step" value="pay" aria-disabled={busy}>
          {view.pending ? 'Отправляем…' : 'Перейти в банк'}
        </Button>
        <Button look="second" name="step" value="edit" aria-disabled={busy}>
          Другой счёт
        </Button>
      </div>
    </>
  )
}
