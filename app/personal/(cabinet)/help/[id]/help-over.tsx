import { ButtonLink } from '@/app/_ui/button'
import type { HelpedAccount } from '@/lib/helper-access/helping'
import { formatDay } from '@/lib/units/day'

/** What somebody reads who helped here: the term is over, or the access is no more; of the account nothing. */
export function HelpOver({ helped: { state, until } }: { helped: HelpedAccount }) {
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Помогать здесь больше нельзя</h1>
      <p>
        {state === 'over' ? `Срок закончился ${formatDay(until)}. ` : 'Доступ закрыт. '}
        Если показания ещё нужны, попросите прислать новое приглашение.
      </p>
      <p>
        <ButtonLink href="/personal/help">Кому вы помогаете</ButtonLink>
      </p>
    </div>
  )
}
