import { fileResponse } from '@/app/admin/exchange/file-response'
import { journalFile } from '@/lib/inspection/commands'
import { journalForm } from '@/lib/inspection/schema'
import { requireStaff } from '@/lib/session/require'

/** «Скачать»: enters who takes the journal, and gives it. */
export async function POST(request: Request): Promise<Response> {
  const staff = await requireStaff('audit.see')
  const form = await request.formData().catch(() => new FormData())
  return fileResponse(await journalFile(staff, journalForm.parse(Object.fromEntries(form)), new Date()))
}
