import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import type { MeterToKeep } from '@/lib/readings/meter-page'
import { requireStaff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { findMeter } from '../../find'
import { ChangeForm, type MeterFacts, RemoveForm, ReplaceForm } from '../../forms'
import { Heading } from '../../heading'

export const metadata: Metadata = { title: 'Счётчик' }

const acts = new Map([
  ['replace', { title: 'Заменить счётчик', Form: ReplaceForm }],
  ['remove', { title: 'Снять счётчик', Form: RemoveForm }],
  ['change', { title: 'Изменить сведения о счётчике', Form: ChangeForm }],
])

export default async function MeterActPage({
  params,
}: PageProps<'/admin/accounts/[number]/meters/[id]/[act]'>) {
  const staff = await requireStaff('meters.change')
  const { act: name, ...of } = await params
  const act = acts.get(name)
  if (!act) notFound()
  const meter = await findMeter(staff, of)
  const { accountNumber } = meter
  return (
    <div className="grid gap-5">
      <Heading account={accountNumber} title={act.title} />
      <p className="text-soft">{`${meter.title}, № ${meter.serial}`}</p>
      {meter.removedOn ? (
        <Notice title={`Этот счётчик снят ${formatDay(meter.removedOn)}`}>
          <p className="mt-2">
            <ButtonLink
              href={`/admin/accounts/${encodeURIComponent(accountNumber)}/meters/${meter.replacedBy ?? meter.id}`}
              look="second"
            >
              {meter.replacedBy ? 'К новому счётчику' : 'К счётчику'}
            </ButtonLink>
          </p>
        </Notice>
      ) : (
        <act.Form account={accountNumber} meter={factsOf(meter)} today={moscowDay(new Date())} />
      )}
    </div>
  )
}

function factsOf(meter: MeterToKeep): MeterFacts {
  const { id, place, digitsBefore, digitsAfter, registers, automatic, last, initials, latest } = meter
  return {
    ...{ id, place, digitsBefore, digitsAfter, registers, automatic },
    electric: meter.kind === 'electricity',
    commissionedOn: meter.commissionedOn ?? '',
    verifiedUntil: meter.verifiedUntil ?? '',
    last: last.map((value, register) => value ?? initials[register]),
    unread: latest === undefined,
  }
}
