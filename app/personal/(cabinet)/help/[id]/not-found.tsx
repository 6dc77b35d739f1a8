import { ButtonLink } from '@/app/_ui/button'

/** The same words for a term that is over, an access withdrawn, and an address that never was. */
export default function HelpOver() {
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Помогать здесь больше нельзя</h1>
      <p>
        Срок закончился или доступ отозвали. Если показания ещё нужны, попросите прислать новое приглашение.
      </p>
      <p>
        <ButtonLink href="/personal/help">Кому вы помогаете</ButtonLink>
      </p>
    </div>
  )
}
