import { redirect } from 'next/navigation'
import { z } from 'zod'
import { fileResponse } from '@/app/admin/exchange/file-response'
import { ownCopy } from '@/lib/privacy/own-copy'
import { freshness } from '@/lib/session/fresh'
import { requireSubscriber } from '@/lib/session/require'

/** The copy of one's data as a file: right after the password, and on somebody else's computer after the warning only. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/personal/profile/data/copy/[format]'>,
): Promise<Response> {
  const subscriber = await requireSubscriber()
  const format = z.enum(['json', 'pdf']).safeParse((await params).format)
  const understood = new URL(request.url).searchParams.has('understood')
  const now = new Date()
  const fresh = await freshness(subscriber, undefined, now)
  if (!format.success || fresh.kind !== 'fresh' || (subscriber.mode === 'shared' && !understood))
    redirect('/personal/profile/data?done=stale')
  const { bytes, ...file } = await ownCopy(subscriber, format.data, now)
  const response = fileResponse({ ...file, bytes: once(bytes) })
  response.headers.set('cache-control', 'no-store')
  return response
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
