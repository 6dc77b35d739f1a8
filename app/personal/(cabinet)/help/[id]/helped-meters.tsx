import { sendHelped } from '@/lib/helper-access/actions'
import type { ReadingsState } from '@/lib/readings/queries'
import { currentSettings } from '@/lib/settings/queries'
import { AutomaticMeter } from '../../readings/automatic-meter'
import { ExpiredMeter } from '../../readings/expired-meter'
import { WindowNotice } from '../../readings/notices'
import { ReadingsForm } from '../../readings/readings-form'
import { TakenMeter } from '../../readings/taken-meter'

/** The form of the readings page, for whoever helps. */
export async function HelpedMeters({
  id,
  state: { window, windowsDiffer, meters },
}: {
  id: string
  state: ReadingsState
}) {
  const { company } = await currentSettings()
  const asked = meters.filter((meter) => meter.standing === 'good' && !meter.taken)
  const left = meters.filter((meter) => !meter.taken)
  return (
    <>
      <WindowNotice window={window} taken={undefined} />
      {asked.length > 0 ? (
        <ReadingsForm
          key={JSON.stringify(asked.map((meter) => meter.registers.map(({ sent }) => String(sent?.value))))}
          action={sendHelped}
          hidden={{ id }}
          meters={asked}
          year={window.closesOn.slice(0, 4)}
          windows={windowsDiffer}
        />
      ) : null}
      {meters.map((meter) => (meter.taken ? <TakenMeter key={meter.id} meter={meter} helping /> : null))}
      {left.map((meter) =>
        meter.standing === 'automatic' ? <AutomaticMeter key={meter.id} meter={meter} /> : null,
      )}
      {left.map((meter) =>
        meter.standing === 'expired' ? (
          <ExpiredMeter key={meter.id} meter={meter} phones={company.phones} />
        ) : null,
      )}
    </>
  )
}
