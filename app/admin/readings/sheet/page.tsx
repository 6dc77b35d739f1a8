import type { Metadata } from 'next'
import { MOST_SHEET_ROWS } from '@/lib/exchange/schema'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { ReadingsNav } from '../nav'
import { SheetForm } from './sheet-form'

export const metadata: Metadata = { title: 'Показания из таблицы' }

export default async function SheetPage() {
  await requireStaff('readings.enter')
  return (
    <div className="grid gap-5">
      <h1>Показания из таблицы</h1>
      <ReadingsNav />
      <div className="max-w-3xl">
        <p>
          {`До ${MOST_SHEET_ROWS} строк, это может занять минуту. Каждая строка записывается сама по себе: ошибка в одной другим не мешает.`}
        </p>
        <p>
          Если связь оборвалась или окно закрылось, отправьте ту же таблицу ещё раз: что уже записано, второй
          раз не запишется.
        </p>
      </div>
      <SheetForm today={moscowDay(new Date())} />
    </div>
  )
}
