import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import type { PaymentState } from '@/lib/payments/rules'
import { stateWords } from '@/lib/payments/words'

const states = ['succeeded', 'canceled', 'quarantined'] as const

/** Year and outcome, both in the address: a plain form. */
export function FilterForm({
  years,
  year,
  state,
}: {
  years: readonly number[]
  year: number
  state: PaymentState | undefined
}) {
  return (
    <form action="/personal/payments" className="grid max-w-2xl gap-4 wide:grid-cols-3 print:hidden">
      <SelectField name="year" label="Год" defaultValue={year}>
        {years
          .toSorted((a, b) => b - a)
          .map((one) => (
            <option key={one}>{one}</option>
          ))}
      </SelectField>
      <SelectField name="state" label="Чем кончились" defaultValue={state ?? ''}>
        <option value="">Все</option>
        {states.map((one) => (
          <option key={one} value={one}>
            {stateWords(one)}
          </option>
        ))}
      </SelectField>
      <Button look="second" className="self-end">
        Показать
      </Button>
    </form>
  )
}
