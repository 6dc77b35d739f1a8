import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import type { OwnAccount } from '@/lib/accounts/queries'
import { outlook } from '@/lib/ledger/outlook-query'
import { submitReadingsAction } from '@/lib/readings/actions'
import { type ReadingsState, readingsState } from '@/lib/readings/queries'
import { phoneOwner } from '@/lib/session/phone'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { moscowDay } from '@/lib/units/day'
import { AutomaticMeter } from './automatic-meter'
import { kindOf, pricesOf, verificationNotes } from './costs'
import { ExpiredMeter } from './expired-meter'
import { HouseMeters } from './house-meters'
import { IfNotSent } from './if-not-sent'
import { WindowNotice } from './notices'
import { ReadingsForm } from './readings-form'
import { TakenMeter } from './taken-meter'

export const metadata: Metadata = { title: 'Показания' }

/** All meters of all the person's accounts on one screen, the account they look at first. */
export default async function ReadingsPage({ searchParams }: PageProps<'/personal/readings'>) {
  const subscriber = await requireSubscriber()
  const chosen = await accountOfPage(subscriber, (await searchParams).account)
  if (!chosen) return <NoAccount title="Показания" />
  const accounts = [chosen.account, ...chosen.all.filter((one) => one.id !== chosen.account.id)]
  const now = new Date()
  const states = await Promise.all(
    accounts.map(async (account) => {
      const state = await readingsState(subscriber, account.id, now)
      return { account, ...state, costs: await outlook(subscriber, account.id, state.meters, now) }
    }),
  )
  const { company } = await currentSettings()
  const meters = states.flatMap((state) => state.meters)
  const costs = states.flatMap((state) => state.costs)
  const asked = meters.filter((meter) => meter.standing === 'good' && !meter.taken)
  const [first] = states
  const differ = states.some(
    (state) => state.windowsDiffer || state.window.closesOn !== first?.window.closesOn,
  )
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <h1>Показания</h1>
        {accounts.length === 1 ? <AccountWords account={chosen.account} /> : null}
      </div>
      {first && meters.length > 0 ? <WindowNotice window={first.window} taken={first.taken} /> : null}
      {meters.length === 0 ? <NoMeters /> : null}
      {asked.length > 0 ? (
        <ReadingsForm
          key={JSON.stringify(asked.map((meter) => meter.registers.map(({ sent }) => String(sent?.value))))}
          action={submitReadingsAction}
          hidden={{ account: chosen.account.accountNumber }}
          meters={asked}
          headings={accounts.length > 1 ? headingsOf(states) : {}}
          year={(first?.window.closesOn ?? '').slice(0, 4)}
          windows={differ}
          prices={pricesOf(asked, costs)}
          notes={verificationNotes(asked, costs, moscowDay(now))}
          owner={phoneOwner(subscriber)}
          linked
        />
      ) : null}
      {states.map(({ account, costs: own }) => (
        <IfNotSent
          key={account.id}
          account={accounts.length > 1 ? account : undefined}
          outlook={own.filter(({ meterIds }) => asked.some(({ id }) => meterIds.includes(id)))}
        />
      ))}
      {meters
        .filter((meter) => meter.taken)
        .map((meter) => (
          <TakenMeter key={meter.id} meter={meter} />
        ))}
      {meters
        .filter((meter) => meter.standing === 'automatic' && !meter.taken)
        .map((meter) => (
          <AutomaticMeter key={meter.id} meter={meter} linked />
        ))}
      {meters
        .filter((meter) => meter.standing === 'expired' && !meter.taken)
        .map((meter) => (
          <ExpiredMeter
            key={meter.id}
            meter={meter}
            outlook={kindOf(meter, costs)}
            phones={company.phones}
            linked
          />
        ))}
      <HouseMeters accountIds={accounts.map(({ id }) => id)} />
    </div>
  )
}

function AccountWords({ account }: { account: OwnAccount }) {
  return (
    <p className="text-[0.94em] text-soft">
      {account.address}
      <br />
      {`Счёт ${account.accountNumber}`}
    </p>
  )
}

function NoMeters() {
  return (
    <Card className="grid gap-2">
      <h2>Счётчиков нет</h2>
      <p>Передавать ничего не нужно. Если счётчик у вас есть, позвоните нам, и мы его добавим.</p>
    </Card>
  )
}

/** Above each account's first meter that is asked for: whose it is. */
function headingsOf(states: readonly (ReadingsState & { account: OwnAccount })[]) {
  return Object.fromEntries(
    states.flatMap(({ account, meters }) => {
      const first = meters.find((meter) => meter.standing === 'good' && !meter.taken)
      return first ? [[first.id, { address: account.address, accountNumber: account.accountNumber }]] : []
    }),
  )
}
