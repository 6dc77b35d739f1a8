import { seeOther } from '@/app/_photos/answers'
import { takePhoto } from '@/app/_photos/take'
import { addPhoto } from '@/lib/readings/photos'
import type { PhotoInput } from '@/lib/readings/photos-schema'
import { currentSession, requireSubscriber } from '@/lib/session/require'

const PAGE = '/personal/readings/photos'

/** «Приложить снимок». Stands outside the first gate, which cuts bodies at 10 MB, and so asks by itself who came. */
export async function POST(request: Request): Promise<Response> {
  // Not the second gate's own redirect: it would send the picture on to the login.
  const session = await currentSession()
  if (session.kind !== 'live' || session.user.kind !== 'subscriber')
    return seeOther(`/personal/login?next=${encodeURIComponent(PAGE)}&state=ended`)
  const subscriber = await requireSubscriber()
  let named: PhotoInput | undefined
  const problem = await takePhoto(request, (input, bytes) => {
    named = input
    return addPhoto(subscriber, input, bytes)
  })
  const query = new URLSearchParams({
    ...(named ? { meter: String(named.meter), period: named.period } : {}),
    ...(problem ? { problem } : { added: '1' }),
  })
  return seeOther(`${PAGE}?${query}`)
}

/** A reload of the address leads to the page. */
export function GET(): Response {
  return seeOther(PAGE)
}
