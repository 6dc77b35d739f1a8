import { notFound } from 'next/navigation'
import { attachmentResponse } from '@/app/_files/answer'
import { ownFile } from '@/lib/enquiries/queries'
import { enquiryNumber } from '@/lib/enquiries/schema'
import { requireSubscriber } from '@/lib/session/require'

/** A file of the person's own enquiry. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/personal/enquiries/[number]/files/[id]'>,
): Promise<Response> {
  const subscriber = await requireSubscriber()
  const { number, id } = await params
  const known = enquiryNumber.safeParse(number)
  const file = known.success ? await ownFile(subscriber, known.data, id) : undefined
  return file ? attachmentResponse(file) : notFound()
}
