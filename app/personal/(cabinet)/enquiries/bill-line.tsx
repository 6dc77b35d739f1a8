import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import type { BillLine } from '@/lib/enquiries/queries'
import { formatMoney } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'

/** The line of a bill an enquiry is about, with its sum. */
export function AttachedLine({ line, link }: { line: BillLine; link?: ReactNode }) {
  return (
    <Card className="grid gap-1">
      <p className="text-[0.9em] text-soft">{`К обращению приложена строка квитанции за ${formatPeriod(line.period)}`}</p>
      <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
        <span>{line.service}</span>
        <span className="tabular-nums whitespace-nowrap">{formatMoney(line.amount)}</span>
      </p>
      {link}
    </Card>
  )
}

/** The way back to the month the line stands in. */
export function MonthLink({ line, accountNumber }: { line: BillLine; accountNumber: string }) {
  return (
    <Link
      href={`/personal/ledger/${line.period}?account=${encodeURIComponent(accountNumber)}`}
      prefetch={false}
      className="inline-flex min-h-11 items-center justify-self-start"
    >
      {`Квитанция за ${formatPeriod(line.period)}`}
    </Link>
  )
}
