import { fileResponse } from '@/app/admin/exchange/file-response'
import { acceptanceFile } from '@/lib/acceptance/staff'
import { documentNames } from '@/lib/documents/schema'
import { requireStaff } from '@/lib/session/require'
import { findVersion } from '../find'

type Context = RouteContext<'/admin/documents/[kind]/[version]/export'>

/** «Скачать CSV»: enters who took the list, and gives it. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const staff = await requireStaff('documents.see')
  const of = await findVersion(await params)
  return fileResponse({
    name: `${documentNames[of.kind]}, версия ${of.version}, кто принял.csv`,
    contentType: 'text/csv; charset=utf-8',
    bytes: await acceptanceFile(staff, of),
  })
}
