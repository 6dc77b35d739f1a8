'use client'

import { Card } from '@/app/_ui/box'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { How, type LimitWords } from '@/app/personal/_payments/how'
import { pay } from '@/lib/payments/actions'
import { AccountFields, type PayableWords } from './account-fields'
import { Confirm } from './confirm'

/** «Оплата»: what to pay, then what that will be for, then off to the bank. One form in two states, with or without JavaScript. */
export function PayForm({
  accounts,
  formKey,
  email,
  limits,
}: {
  accounts: readonly PayableWords[]
  formKey: string
  email: string
  limits: LimitWords
}) {
  return (
    <ServerForm action={pay} labels={labelsOf(accounts)}>
      {(view) =>
        view.shown ? (
          <Confirm view={view} shown={view.shown} accounts={accounts} />
        ) : (
          <Fields view={view} {...{ accounts, formKey, email, limits }} />
        )
      }
    </ServerForm>
  )
}

function Fields({
  view,
  accounts,
  formKey,
  email,
  limits,
}: {
  view: FormView
  accounts: readonly PayableWords[]
  formKey: string
  email: string
  limits: LimitWords
}) {
  return (
    <>
      <input type="hidden" name="formKey" value={view.value('formKey', formKey)} />
      <div id="pay" tabIndex={-1} className="grid gap-5">
        {accounts.map((account) => (
          <Card key={account.accountNumber} className="grid gap-4">
            <AccountFields view={view} account={account} only={accounts.length === 1} />
          </Card>
        ))}
      </div>
      <How view={view} limits={limits} email={email} />
      <SubmitButton view={view}>Продолжить</SubmitButton>
    </>
  )
}

function labelsOf(accounts: readonly PayableWords[]): Record<string, string> {
  const labels: Record<string, string> = { pay: 'Счета' }
  for (const { accountNumber } of accounts)
    labels[`amount-${accountNumber}`] = accounts.length === 1 ? 'Сумма' : `Сумма, счёт ${accountNumber}`
  return { ...labels, email: 'Почта для чека' }
}
