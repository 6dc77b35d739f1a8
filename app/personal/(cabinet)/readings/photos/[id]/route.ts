import { notFound } from 'next/navigation'
import { pictureResponse } from '@/app/_photos/answers'
import { photoFor } from '@/lib/readings/photos'
import { requireSubscriber } from '@/lib/session/require'

/** A picture of a dial, to who sees its account. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/personal/readings/photos/[id]'>,
): Promise<Response> {
  const subscriber = await requireSubscriber()
  const bytes = await photoFor(subscriber, (await params).id)
  return bytes ? pictureResponse(bytes) : notFound()
}
