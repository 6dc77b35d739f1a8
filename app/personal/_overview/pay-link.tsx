import { ButtonLink } from '@/app/_ui/button'
import type { BalanceState } from '@/lib/ledger/rules'

/** «Оплатить» where something is owed, «Пополнить» quietly where not; nothing while no money is taken here. */
export function PayLink({ href, state }: { href: string | undefined; state: BalanceState }) {
  if (!href) return null
  const owed = state.kind === 'owed'
  return (
    <ButtonLink
      href={href}
      look={owed ? 'main' : 'quiet'}
      className={`print:hidden ${owed ? 'mt-4 w-full' : 'mt-2'}`}
    >
      {owed ? 'Оплатить' : 'Пополнить'}
    </ButtonLink>
  )
}
