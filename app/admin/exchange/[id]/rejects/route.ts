import { notFound } from 'next/navigation'
import { rejectsFile } from '@/lib/exchange/export-rejects'
import { importReport } from '@/lib/exchange/queries'
import { requireStaff } from '@/lib/session/require'
import { fileResponse } from '../../file-response'

/** «Скачать отклонённые строки». */
export async function GET(_request: Request, { params }: RouteContext<'/admin/exchange/[id]/rejects'>) {
  const staff = await requireStaff('exchange.see')
  const found = await importReport(staff, (await params).id)
  if (!found?.report) notFound()
  return fileResponse(rejectsFile(staff, found))
}
