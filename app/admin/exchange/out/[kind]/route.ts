import { notFound } from 'next/navigation'
import { makeExport } from '@/lib/exchange/export-commands'
import { exportFile } from '@/lib/exchange/export-queries'
import { choiceOf, exportKind, monthField } from '@/lib/exchange/export-schema'
import { requireStaff } from '@/lib/session/require'
import { fileResponse, seeOther } from '../../file-response'

type Context = RouteContext<'/admin/exchange/out/[kind]'>

/** «Скачать»: keeps the columns and the format chosen, enters who took the list, and leads to its file. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const staff = await requireStaff('exchange.see')
  const kind = exportKind.safeParse((await params).kind)
  if (!kind.success) notFound()
  const form = await request.formData().catch(() => new FormData())
  const period = monthField.safeParse(form.get('period')).data
  const choice = choiceOf(kind.data).parse({ format: form.get('format'), columns: form.getAll('column') })
  const made = await makeExport(staff, { kind: kind.data, period, choice }, new Date())
  if (made.status !== 'ok') return seeOther('/admin/exchange/out')
  return seeOther(`/admin/exchange/out/${kind.data}?export=${made.value.id}`)
}

/** The file of an export that was entered. */
export async function GET(request: Request, _context: Context): Promise<Response> {
  const staff = await requireStaff('exchange.see')
  const id = new URL(request.url).searchParams.get('export')
  if (id === null) return seeOther('/admin/exchange/out')
  const file = await exportFile(staff, id, new Date())
  if (!file) notFound()
  return fileResponse(file)
}
