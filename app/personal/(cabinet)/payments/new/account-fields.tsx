import { CheckField, SelectField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'

/** An account in words, as the form shows it. */
export interface PayableWords {
  accountNumber: string
  address: string
  /** «К оплате 1 234,56 ₽»; «Долга нет». */
  standing: string
  /** What the amount begins with; empty when nothing is owed. */
  amount: string
  ticked: boolean
  /** Months with a debt, the earliest first. */
  months: { period: string; words: string }[]
}

/** A tick, an amount and, when several months are owed, the month. */
export function AccountFields({
  view,
  account: { accountNumber, address, standing, amount, ticked, months },
  only,
}: {
  view: FormView
  account: PayableWords
  only: boolean
}) {
  const name = (field: string) => `${field}-${accountNumber}`
  const typed = view.value('formKey') !== undefined
  const about = (
    <>
      {address}
      <span className="block text-[0.9em] text-soft">{`Счёт ${accountNumber}. ${standing}`}</span>
    </>
  )
  return (
    <>
      {only ? (
        <p>
          {about}
          <input type="hidden" name={name('pay')} value="on" />
        </p>
      ) : (
        <CheckField
          name={name('pay')}
          label={about}
          error={view.error('pay')}
          defaultChecked={typed ? view.checked(name('pay')) : ticked}
        />
      )}
      <TextField
        name={name('amount')}
        label="Сумма, ₽"
        hint="Можно меньше долга или больше: лишнее зачтётся в следующих месяцах"
        inputMode="decimal"
        autoComplete="off"
        className="text-[1.25em] font-semibold tabular-nums"
        error={view.error(name('amount'))}
        defaultValue={view.value(name('amount'), amount)}
      />
      {months.length > 1 ? (
        <SelectField
          name={name('period')}
          label="За что"
          hint="Деньги идут сначала на самый ранний месяц. Если платите за один месяц, поправьте и сумму"
          defaultValue={view.value(name('period'), '')}
        >
          <option value="">За весь долг</option>
          {months.map(({ period, words }) => (
            <option key={period} value={period}>
              {words}
            </option>
          ))}
        </SelectField>
      ) : null}
    </>
  )
}
