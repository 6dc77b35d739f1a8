'use client'

import type { ReactNode } from 'react'
import { SelectField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { askCharges } from '@/lib/ledger/actions'
import { askNoDebt } from '@/lib/payments/actions'
import { askMeters } from '@/lib/readings/actions'
import { formatPeriod, type Period } from '@/lib/units/period'

/** «Получить справку» об отсутствии долга. */
export function NoDebtForm({ account }: { account: string }) {
  return (
    <Form action={askNoDebt} account={account} button="Получить справку об отсутствии долга">
      {() => null}
    </Form>
  )
}

/** «Получить справку» об учтённых счётчиках. */
export function MetersForm({ account }: { account: string }) {
  return (
    <Form action={askMeters} account={account} button="Получить справку о счётчиках">
      {() => null}
    </Form>
  )
}

const labels = { from: 'С месяца', to: 'По месяц' }

/** «Получить справку» о начислениях: months to choose from, the latest first, and those chosen to begin with. */
export function ChargesForm({
  account,
  months,
  from,
  to,
}: {
  account: string
  months: readonly Period[]
  from: Period
  to: Period
}) {
  return (
    <Form action={askCharges} account={account} button="Получить справку о начислениях">
      {(view) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <MonthField view={view} name="from" months={months} chosen={from} />
          <MonthField view={view} name="to" months={months} chosen={to} />
        </div>
      )}
    </Form>
  )
}

function Form({
  action,
  account,
  button,
  children,
}: {
  action: typeof askNoDebt
  account: string
  button: string
  children: (view: FormView) => ReactNode
}) {
  return (
    <ServerForm action={action} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          {children(view)}
          <div>
            <SubmitButton view={view}>{button}</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function MonthField({
  view,
  name,
  months,
  chosen,
}: {
  view: FormView
  name: 'from' | 'to'
  months: readonly Period[]
  chosen: Period
}) {
  return (
    <SelectField
      // A list keeps what was chosen before the answer came only when it is drawn anew.
      key={view.value(name, chosen)}
      name={name}
      label={labels[name]}
      error={view.error(name)}
      defaultValue={view.value(name, chosen)}
    >
      {months.map((month) => (
        <option key={month} value={month}>
          {formatPeriod(month)}
        </option>
      ))}
    </SelectField>
  )
}
