import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import type { FormView } from '@/app/_ui/form'
import type { PayableWords } from './account-fields'

/** What will be paid for, before leaving for the bank. */
export function Confirm({
  view,
  shown: { total = '', ...shown },
  accounts,
}: {
  view: FormView
  shown: Record<string, string>
  accounts: readonly PayableWords[]
}) {
  const sent = Object.entries(shown).filter(([name]) => !name.startsWith('for-'))
  const paid = accounts.filter(({ accountNumber }) => shown[`pay-${accountNumber}`])
  return (
    <>
      {sent.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Card className="grid gap-4">
        <div role="status">
          <h2>Проверьте и переходите к оплате</h2>
          <p className="mt-1 text-[clamp(1.9rem,10.5vw,2.75rem)] leading-tight font-bold whitespace-nowrap tabular-nums">
            {total}
          </p>
          <p className="text-soft">
            {`${shown.method === 'sbp' ? 'По СБП' : 'Картой'}. ${shown.email ? `Чек придёт на ${shown.email}` : 'Чек на почту не придёт'}.`}
          </p>
        </div>
        {paid.map(({ accountNumber, address }) => (
          <div key={accountNumber} className="border-t border-line pt-3">
            <p>{address}</p>
            <p className="text-[0.94em] text-soft">{`Счёт ${accountNumber}. Будет оплачено:`}</p>
            <ul className="mt-1 tabular-nums">
              {(shown[`for-${accountNumber}`] ?? '').split('\n').map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </Card>
      <div className="grid gap-3">
        <Button name="step" value="pay" aria-disabled={view.pending || undefined}>
          {view.pending ? 'Отправляем…' : 'Перейти в банк'}
        </Button>
        <Button look="second" name="step" value="edit" aria-disabled={view.pending || undefined}>
          Изменить
        </Button>
      </div>
    </>
  )
}
