import Link from 'next/link'
import { ButtonLink } from '@/app/_ui/button'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import type { AccountMeter } from '@/lib/readings/staff'
import { formatDay } from '@/lib/units/day'

const heads = ['Счётчик', 'Номер', 'Последнее показание', 'Поверен до', 'Состояние']

/** Meters with their last values; removed ones are named so. Each leads to its page, where it is replaced or changed. */
export function Meters({ accountNumber, meters }: { accountNumber: string; meters: AccountMeter[] }) {
  const here = `/admin/accounts/${encodeURIComponent(accountNumber)}/meters`
  return (
    <div className="grid gap-2">
      <h2>Счётчики</h2>
      {meters.length === 0 ? <p className="text-soft">Счётчиков нет.</p> : null}
      {meters.length > 0 ? (
        <WideTable label="Счётчики" heads={heads}>
          {meters.map(({ id, title, serial, unit, verifiedUntil, removedOn, last }) => (
            <tr key={id}>
              <th scope="row" className="px-4 py-2 font-medium">
                <Link href={`${here}/${id}`} prefetch={false} className="inline-block py-1">
                  {title}
                </Link>
              </th>
              <td>{serial}</td>
              <td>
                {last.length === 0 ? '—' : null}
                {last.map(({ name, dial, takenOn }) => (
                  <span key={name ?? ''} className="block whitespace-nowrap">
                    {`${name ? `${name}: ` : ''}${dial} ${unit}, ${formatDay(takenOn)}`}
                  </span>
                ))}
              </td>
              <td className="whitespace-nowrap">{verifiedUntil ? formatDay(verifiedUntil) : '—'}</td>
              <td>{removedOn ? `снят ${formatDay(removedOn)}` : 'стоит'}</td>
            </tr>
          ))}
        </WideTable>
      ) : null}
      <May permission="meters.change">
        <div>
          <ButtonLink href={`${here}/new`} look="second">
            Добавить счётчик
          </ButtonLink>
        </div>
      </May>
    </div>
  )
}
