import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Notice } from '@/app/_ui/box'
import { Button, ButtonLink } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { boardMonths, type HouseFilter, type HouseRow, housesPage } from '@/lib/readings/houses'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatPeriod, type Period } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'
import { ReadingsNav } from '../nav'
import { Flats } from './flats'

export const metadata: Metadata = { title: 'Показания по домам' }

const line = z.string().overwrite(cleanLine).max(300).catch('')
const asked = z.object({ period: line, begins: line, words: line, after: line, house: line })

export default async function HousesPage({ searchParams }: PageProps<'/admin/readings/houses'>) {
  const staff = await requireStaff('readings.see')
  const now = new Date()
  const { house, period: wanted, ...filter } = asked.parse(await searchParams)
  const months = boardMonths(now, (await currentSettings()).readingWindow)
  const period = months.find((month) => month === wanted) ?? months[0]
  if (house) return <Flats staff={staff} house={house} period={period} now={now} />
  const { rows, next } = await housesPage(staff, { ...filter, period }, now)
  return (
    <div className="grid gap-5">
      <h1>{`Показания по домам за ${formatPeriod(period)}`}</h1>
      <ReadingsNav />
      <Filters filter={{ ...filter, period }} months={months} />
      {rows.length === 0 ? (
        <Notice title="Таких домов со счётчиками нет">
          <p>Наберите меньше: только микрорайон или только номер дома.</p>
        </Notice>
      ) : (
        <Houses rows={rows} period={period} whole={!next && !filter.after} />
      )}
      <div className="flex flex-wrap gap-3">
        {next ? (
          <ButtonLink href={boardHref({ ...filter, period, after: next })} look="second">
            Следующие дома
          </ButtonLink>
        ) : null}
        <May permission="exchange.see">
          <ButtonLink href={`/admin/exchange/out?period=${period}`} look="quiet">
            Выгрузить счета без показаний файлом
          </ButtonLink>
        </May>
      </div>
    </div>
  )
}

function Filters({ filter, months }: { filter: HouseFilter; months: readonly Period[] }) {
  return (
    <form className="grid items-end gap-3 wide:grid-cols-[1fr_1fr_1fr_auto]">
      <SelectField name="period" label="Месяц" defaultValue={filter.period} key={filter.period}>
        {months.map((month) => (
          <option key={month} value={month}>
            {formatPeriod(month)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="begins"
        label="Микрорайон или улица"
        hint="Начало адреса: «3 микрорайон»"
        defaultValue={filter.begins}
        maxLength={100}
        autoComplete="off"
      />
      <TextField
        name="words"
        label="Слова из адреса"
        hint="Например: «дом 7»"
        defaultValue={filter.words}
        maxLength={100}
        autoComplete="off"
      />
      <Button look="second">Показать</Button>
    </form>
  )
}

function Houses({ rows, period, whole }: { rows: HouseRow[]; period: Period; whole: boolean }) {
  const total = (of: (row: HouseRow) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  return (
    <WideTable label="Дома" heads={['Дом', 'Все', 'Сдали', 'Не сдали', 'Поверка истекла']} figuresFrom={1}>
      {rows.map(({ house, all, sent, missing, expired }) => (
        <tr key={house}>
          <th scope="row" className="px-4 font-medium">
            <Link href={houseHref(house, period)} prefetch={false} className="inline-block py-2">
              {house}
            </Link>
          </th>
          <td className="text-right">{all}</td>
          <td className="text-right">{sent}</td>
          <td className={`text-right ${missing > 0 ? 'font-semibold' : 'text-soft'}`}>{missing}</td>
          <td className={`text-right ${expired > 0 ? 'text-warn' : 'text-soft'}`}>{expired}</td>
        </tr>
      ))}
      <tr className="font-semibold">
        <th scope="row" className="px-4 py-2">
          {whole ? 'Всего' : 'Всего на этой странице'}
        </th>
        <td className="text-right">{total((row) => row.all)}</td>
        <td className="text-right">{total((row) => row.sent)}</td>
        <td className="text-right">{total((row) => row.missing)}</td>
        <td className="text-right">{total((row) => row.expired)}</td>
      </tr>
    </WideTable>
  )
}

function houseHref(house: string, period: Period): string {
  return `/admin/readings/houses?${new URLSearchParams({ period, house })}`
}

function boardHref({ period, begins, words, after }: HouseFilter): string {
  const given = Object.entries({ period, begins, words, after }).filter(([, value]) => value)
  return `/admin/readings/houses?${new URLSearchParams(given)}`
}
