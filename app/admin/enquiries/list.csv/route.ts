import { enquiriesCsv } from '@/lib/enquiries/staff'
import { requireStaff } from '@/lib/session/require'
import { queueFilterOf } from '../address'

/** The list with its filter as a file; the journal tells who took it. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requireStaff('enquiries.see')
  const filter = queueFilterOf(Object.fromEntries(new URL(request.url).searchParams))
  return new Response(await enquiriesCsv(staff, filter), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="enquiries-${filter.state}.csv"`,
    },
  })
}
