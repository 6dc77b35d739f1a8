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
  months: { period: string; words: string; amount: string }[]
  /** Whether penalties are among what is owed. */
  penalties: boolean
}

/** A tick, when several months are owed the month, and an amount. */
export function AccountFields({
  view,
  account: { accountNumber, address, standing, amount, ticked, months, penalties },
  only,
}: {
  view: FormView
  account: PayableWords
  only: boolean
}) {
  const name = (field: string) => `${field}-${accountNumber}`
  const typed = view.value('formKey') !== undefined
  /** The amount follows the month, unless the payer has typed one of their own. */
  const offer = ({ form, value }: HTMLSelectElement) => {
    const field = form?.elements.namedItem(name('amount'))
    const offered = ['', amount, ...months.map((month) => month.amount)]
    if (field instanceof HTMLInputElement && offered.includes(field.value))
      field.value = months.find(({ period }) => period === value)?.amount ?? amount
  }
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
      {months.length > 1 ? (
        <SelectField
          name={name('period')}
          label="За что"
          hint={`Выберете один месяц — сумма станет такой, как за него. Деньги за весь долг идут сначала на самый ранний месяц${penalties ? ', а на пени — в конце' : ''}`}
          defaultValue={view.value(name('period'), '')}
          onChange={(event) => offer(event.currentTarget)}
        >
          <option value="">За весь долг</option>
          {months.map(({ period, words }) => (
            <option key={period} value={period}>
              {words}
            </option>
          ))}
        </SelectField>
      ) : null}
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
    </>
  )
}
