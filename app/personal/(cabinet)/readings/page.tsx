import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { AccountLine, accountOfPage, NoAccount } from '@/app/personal/_overview/account'
import { submitReadingsAction } from '@/lib/readings/actions'
import { readingsState } from '@/lib/readings/queries'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { AutomaticMeter } from './automatic-meter'
import { ExpiredMeter } from './expired-meter'
import { WindowNotice } from './notices'
import { ReadingsForm } from './readings-form'
import { TakenMeter } from './taken-meter'

export const metadata: Metadata = { title: 'Показания' }

export default async function ReadingsPage({ searchParams }: PageProps<'/personal/readings'>) {
  const subscriber = await requireSubscriber()
  const { account: wanted } = await searchParams
  const chosen = await accountOfPage(subscriber, wanted)
  if (!chosen) return <NoAccount title="Показания" />
  const [{ window, windowsDiffer, taken, meters }, { company }] = await Promise.all([
    readingsState(subscriber, chosen.account.id, new Date()),
    currentSettings(),
  ])
  const asked = meters.filter((meter) => meter.standing === 'good' && !meter.taken)
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <h1>Показания</h1>
        <AccountLine chosen={chosen} back="/personal/readings" />
      </div>
      {meters.length > 0 ? <WindowNotice window={window} taken={taken} /> : null}
      {meters.length === 0 ? (
        <Card className="grid gap-2">
          <h2>На этом счёте нет счётчиков</h2>
          <p>Передавать ничего не нужно. Если счётчик у вас есть, позвоните нам, и мы его добавим.</p>
        </Card>
      ) : null}
      {asked.length > 0 ? (
        <ReadingsForm
          key={JSON.stringify(asked.map((meter) => meter.registers.map(({ sent }) => String(sent?.value))))}
          action={submitReadingsAction}
          hidden={{ account: chosen.account.accountNumber }}
          meters={asked}
          year={window.closesOn.slice(0, 4)}
          windows={windowsDiffer}
        />
      ) : null}
      {meters
        .filter((meter) => meter.taken)
        .map((meter) => (
          <TakenMeter key={meter.id} meter={meter} />
        ))}
      {meters
        .filter((meter) => meter.standing === 'automatic' && !meter.taken)
        .map((meter) => (
          <AutomaticMeter key={meter.id} meter={meter} />
        ))}
      {meters
        .filter((meter) => meter.standing === 'expired' && !meter.taken)
        .map((meter) => (
          <ExpiredMeter key={meter.id} meter={meter} phones={company.phones} />
        ))}
    </div>
  )
}
