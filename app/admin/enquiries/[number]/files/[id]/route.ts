import { notFound } from 'next/navigation'
import { attachmentResponse } from '@/app/_files/answer'
import { enquiryNumber } from '@/lib/enquiries/schema'
import { fileForStaff } from '@/lib/enquiries/staff'
import { requireStaff } from '@/lib/session/require'

/** A file of an enquiry, to staff. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/admin/enquiries/[number]/files/[id]'>,
): Promise<Response> {
  const staff = await requireStaff('enquiries.see')
  const { number, id } = await params
  const known = enquiryNumber.safeParse(number)
  const file = known.success ? await fileForStaff(staff, known.data, id) : undefined
  return file ? attachmentResponse(file) : notFound()
}
