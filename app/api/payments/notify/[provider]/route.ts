import { logProblem } from '@/lib/log'
import { receiveNotification } from '@/lib/payments/notifications'
import { clientAddress } from '@/lib/session/address'

/** The longest body a provider sends, and more. */
const LONGEST = 64 * 1024

const answer = { kept: 200, known: 200, foreign: 403, 'no-such-provider': 404 } as const

/** A provider tells that something happened to a payment. Kept and answered at once; looked into by a job. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/api/payments/notify/[provider]'>,
): Promise<Response> {
  const body = await readBody(request)
  if (body === undefined) return new Response(null, { status: 413 })
  try {
    const { provider } = await params
    const received = await receiveNotification(provider, body, clientAddress(request.headers))
    return new Response(null, { status: answer[received] })
  } catch (error) {
    // The provider sends it again.
    logProblem('a payment notification could not be kept', error)
    return new Response(null, { status: 503 })
  }
}

/** The body as text; undefined when it is too long. */
async function readBody(request: Request): Promise<string | undefined> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > LONGEST) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
