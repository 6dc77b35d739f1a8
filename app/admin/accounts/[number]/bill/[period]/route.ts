import { notFound } from 'next/navigation'
import { pdfAnswer } from '@/app/_ui/pdf'
import { accountForStaff } from '@/lib/accounts/staff'
import { billOf } from '@/lib/ledger/bill'
import { billPdf } from '@/lib/ledger/bill-pdf'
import { periodOfAddress } from '@/lib/ledger/schema'
import { requireStaff } from '@/lib/session/require'
import { numberOf } from '../../number'

type Context = RouteContext<'/admin/accounts/[number]/bill/[period]'>

/** The bill of a month of any account, as its resident gets it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const staff = await requireStaff('accounts.see')
  const { number, period } = await params
  const month = periodOfAddress.safeParse(period)
  const account = await accountForStaff(staff, numberOf(number))
  if (!month.success || !account) notFound()
  const found = await billOf(staff, account.id, month.data, new Date())
  if (!found) notFound()
  return pdfAnswer(await billPdf(found), `kvitanciya-${month.data}.pdf`)
}
