import { NextResponse } from 'next/server'
import { type SendingAnswer, type SendingInput, sendingInput } from '@/app/personal/_phone/sending'
import { logProblem } from '@/lib/log'
import { submitReadings } from '@/lib/readings/commands'
import { differencesFrom } from '@/lib/readings/differences'
import { slipPage } from '@/lib/readings/schema'
import { isOwnOrigin } from '@/lib/session/address'
import { phoneOwner } from '@/lib/session/phone'
import { currentSubscriber, type Subscriber } from '@/lib/session/require'

const LONGEST = 20_000

/** A sending that had to wait on the phone for a network; answers the phone, never with a page. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return refuse(403, 'Не с нашей страницы.')
  // The front door has seen to it that the length is told (`scripts/launcher/front-door.ts`).
  if (Number(request.headers.get('content-length')) > LONGEST) return refuse(413, 'Слишком длинно.')
  try {
    const subscriber = await currentSubscriber()
    if (!subscriber) return answer(401, { status: 'signed-out' })
    const sent = sendingInput.safeParse(await request.json().catch(() => undefined))
    if (!sent.success) return refuse(400, 'Такие показания не читаются. Введите их ещё раз.')
    const owner = phoneOwner(subscriber)
    if (!owner || owner !== sent.data.owner) return answer(401, { status: 'signed-out' })
    return await take(subscriber, sent.data, new Date())
  } catch (error) {
    logProblem('a sending from a phone failed', error)
    return outage()
  }
}

async function take(subscriber: Subscriber, sent: SendingInput, now: Date): Promise<Response> {
  const { values, key, known } = sent
  const takenAt = new Date(now.getTime() - sent.age)
  const input = { ...values, account: '' }
  const result = await submitReadings(subscriber, input, now, { key, known, takenAt })
  if (result.status === 'ok') {
    const slip = slipPage(result.value.map(({ paperId }) => paperId))
    return answer(200, { status: 'accepted', slip })
  }
  if (result.status === 'invalid') return answer(422, result)
  if (result.code !== 'conflict') return refuse(409, result.message)
  const differences = await differencesFrom(subscriber, input, takenAt)
  // Settled between the two questions: the phone comes again.
  return differences.length > 0 ? answer(409, { status: 'conflict', differences }) : outage()
}

function refuse(status: number, message: string): Response {
  return answer(status, { status: 'refused', message })
}

function answer(status: number, body: SendingAnswer): Response {
  return NextResponse.json(body, { status })
}

/** The phone keeps what it has and comes again. */
function outage(): Response {
  return NextResponse.json({ status: 'outage' }, { status: 503 })
}
