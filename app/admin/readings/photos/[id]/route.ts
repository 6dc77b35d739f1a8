import { notFound } from 'next/navigation'
import { pictureResponse } from '@/app/_photos/answers'
import { photoForStaff } from '@/lib/readings/photos'
import { requireStaff } from '@/lib/session/require'

/** A picture of a dial, to staff. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/admin/readings/photos/[id]'>,
): Promise<Response> {
  const staff = await requireStaff('readings.see')
  const bytes = await photoForStaff(staff, (await params).id)
  return bytes ? pictureResponse(bytes) : notFound()
}
