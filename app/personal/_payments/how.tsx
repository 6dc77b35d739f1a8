import { TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'
import { formatMoney, kopecks } from '@/lib/units/money'

/** The least and the most by each way of paying, in words. */
export interface LimitWords {
  least: string
  card: string
  sbp: string
}

/** Limits of the settings in words, for the form. */
export function limitWords(limits: { minimum: number; maximum: { card: number; sbp: number } }): LimitWords {
  const words = (amount: number) => formatMoney(kopecks(BigInt(amount)))
  return {
    least: words(limits.minimum),
    card: words(limits.maximum.card),
    sbp: words(limits.maximum.sbp),
  }
}

const methods = [
  ['card', 'Картой'],
  ['sbp', 'По СБП, через приложение банка'],
] as const

/** By card or СБП, with what is possible by each; and where the receipt goes. */
export function How({ view, limits, email }: { view: FormView; limits: LimitWords; email: string }) {
  return (
    <>
      <fieldset>
        <legend className="font-medium">Как заплатить</legend>
        {methods.map(([method, words]) => (
          <label key={method} className="flex min-h-11 items-start gap-3.5 py-2">
            <input
              type="radio"
              name="method"
              value={method}
              defaultChecked={view.value('method', 'card') === method}
              className="mt-0.5 size-6 shrink-0 accent-water"
            />
            <span>
              {words}
              <span className="block text-[0.9em] text-soft">
                {`от ${limits.least} до ${limits[method]} за один раз`}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextField
        name="email"
        label="Почта для чека"
        hint="Можно оставить пустой: тогда чек не придёт, а оплата пройдёт"
        type="email"
        inputMode="email"
        autoComplete="email"
        error={view.error('email')}
        defaultValue={view.value('email', email)}
      />
    </>
  )
}
