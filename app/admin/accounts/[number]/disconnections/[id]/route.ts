import { notFound } from 'next/navigation'
import { fileResponse } from '@/app/admin/exchange/file-response'
import { scanOf } from '@/lib/holders/queries'
import { requireStaff } from '@/lib/session/require'

/** The scan of an application, to be saved. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/admin/accounts/[number]/disconnections/[id]'>,
): Promise<Response> {
  const staff = await requireStaff('people.disconnect')
  const scan = await scanOf(staff, (await params).id)
  if (!scan) notFound()
  const name = scan.type === 'application/pdf' ? 'zayavlenie.pdf' : 'zayavlenie.jpg'
  return fileResponse({ name, contentType: scan.type, bytes: once(scan.bytes) })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
