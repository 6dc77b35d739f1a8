import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import type { searchable } from '@/lib/ledger/history'
import { type LedgerSearch, onlyKinds } from '@/lib/ledger/schema'
import { formatPeriod, type Period } from '@/lib/units/period'

const onlyWords = { recalculated: 'с перерасчётом', benefit: 'с льготой', penalty: 'с пенями' } as const

/** Conditions of a search, all in the address: a plain form that works without JavaScript. */
export function SearchForm({
  asked,
  choices: { services, months },
  accountNumber,
}: {
  asked: LedgerSearch
  choices: Awaited<ReturnType<typeof searchable>>
  accountNumber: string | undefined
}) {
  return (
    <Card className="print:hidden">
      <form action="/personal/ledger/search" className="grid gap-4 wide:grid-cols-4">
        {accountNumber ? <input type="hidden" name="account" value={accountNumber} /> : null}
        <SelectField name="service" label="Услуга" defaultValue={asked.service ?? ''}>
          <option value="">Все услуги</option>
          {services.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField name="q" label="Слово из названия" defaultValue={asked.q} maxLength={200} type="search" />
        <MonthField name="from" label="С месяца" months={months} chosen={asked.from} none="С самого начала" />
        <MonthField name="to" label="По месяц" months={months} chosen={asked.to} none="По последний" />
        <fieldset className="wide:col-span-3">
          <legend className="font-medium">Только начисления</legend>
          <div className="flex flex-wrap gap-x-8">
            {onlyKinds.map((kind) => (
              <label key={kind} className="flex min-h-11 items-center gap-3.5">
                <input
                  type="checkbox"
                  name="only"
                  value={kind}
                  defaultChecked={asked.only.includes(kind)}
                  className="size-7 shrink-0 accent-water"
                />
                {onlyWords[kind]}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="self-end">
          <Button className="w-full">Найти</Button>
        </div>
      </form>
    </Card>
  )
}

function MonthField({
  name,
  label,
  months,
  chosen,
  none,
}: {
  name: string
  label: string
  months: readonly Period[]
  chosen: Period | undefined
  none: string
}) {
  return (
    <SelectField name={name} label={label} defaultValue={chosen ?? ''}>
      <option value="">{none}</option>
      {months.map((month) => (
        <option key={month} value={month}>
          {formatPeriod(month)}
        </option>
      ))}
    </SelectField>
  )
}
