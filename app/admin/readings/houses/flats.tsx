import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import { WideTable } from '@/app/_ui/wide-table'
import { type FlatRow, flatsOf, MOST_FLATS, type NamedMeter } from '@/lib/readings/houses'
import type { Staff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatPeriod, type Period } from '@/lib/units/period'
import { ReadingsNav } from '../nav'

/** A house with the flats that have not sent everything; on paper without account numbers, to be put up at the entrance. */
export async function Flats(of: { staff: Staff; house: string; period: Period; now: Date }) {
  const { staff, house, period, now } = of
  const [flats, { company }] = await Promise.all([flatsOf(staff, house, period, now), currentSettings()])
  const month = formatPeriod(period)
  return (
    <div className="grid gap-5">
      <h1>{house}</h1>
      <ReadingsNav />
      <Link
        href={`/admin/readings/houses?period=${period}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center print:hidden"
      >
        Ко всем домам
      </Link>
      {flats.length === 0 ? (
        <Notice tone="good" title={`За ${month} сдали все, и поверка ни у кого не истекла`} />
      ) : (
        <>
          <p className="text-[1.05em]">{`Нет показаний за ${month} или истекла поверка счётчика.`}</p>
          <FlatsTable flats={flats} />
          {flats.length === MOST_FLATS ? <p>{`Показаны первые ${MOST_FLATS} квартир.`}</p> : null}
          <p className="hidden print:block">
            {`Передать показания можно по телефону ${company.phones.map(({ text }) => text).join(', ')} и в личном кабинете.`}
          </p>
          <div className="flex flex-wrap items-center gap-4 print:hidden">
            <PrintButton />
            <p className="text-soft">На бумаге останутся только номера квартир и счётчики.</p>
          </div>
        </>
      )}
    </div>
  )
}

function FlatsTable({ flats }: { flats: FlatRow[] }) {
  return (
    <WideTable label="Квартиры" heads={['Квартира', 'Нет показаний', 'Поверка истекла']}>
      {flats.map(({ accountNumber, flat, missing, expired }) => (
        <tr key={accountNumber} className="break-inside-avoid align-top">
          <th scope="row" className="px-4 py-2 font-medium whitespace-nowrap">
            {flat || 'весь дом'}
            <Link
              href={`/admin/readings?account=${encodeURIComponent(accountNumber)}`}
              prefetch={false}
              className="ml-4 inline-block py-2 font-normal print:hidden"
            >
              {accountNumber}
            </Link>
          </th>
          <td>
            <Named meters={missing} />
          </td>
          <td>
            <Named meters={expired} />
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function Named({ meters }: { meters: NamedMeter[] }) {
  if (meters.length === 0) return <span className="text-soft">—</span>
  return (
    <ul>
      {meters.map(({ title, serial }) => (
        <li key={`${title} ${serial}`}>{`${title}, № ${serial}`}</li>
      ))}
    </ul>
  )
}
