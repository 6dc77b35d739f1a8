import { Card } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { type HelpedAccount, helpingOf } from '@/lib/helper-access/helping'
import type { Subscriber } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'

/** «Вы помогаете»: the flats whose readings the person may send for somebody else. Nothing when there are none. */
export async function HelpingCard({ subscriber }: { subscriber: Subscriber }) {
  const helping = await helpingOf(subscriber, new Date())
  if (helping.length === 0) return null
  return (
    <Card>
      <h2>Вы помогаете</h2>
      <HelpedList helping={helping} />
    </Card>
  )
}

/** Each flat with the last day and the way to its meters. */
export function HelpedList({ helping }: { helping: readonly HelpedAccount[] }) {
  return (
    <ul>
      {helping.map(({ id, address, until }) => (
        <li
          key={id}
          className="grid gap-3 border-b border-line py-4 first:pt-2 last:border-b-0 last:pb-0 wide:flex wide:items-center wide:justify-between"
        >
          <span>
            {address}
            <span className="block text-[0.94em] text-soft">{`до ${formatDay(until)} включительно`}</span>
          </span>
          <ButtonLink href={`/personal/help/${id}`} look="second">
            Передать показания
          </ButtonLink>
        </li>
      ))}
    </ul>
  )
}
