import { z } from 'zod'
import type { TextOutcome, TextProvider, TextToSend } from './sms-provider'

/** How to reach sms.ru. */
export interface SmsRuAccess {
  apiId: string
  /** `https://sms.ru` */
  url: string
  /** How long an answer is waited for, ms. */
  patience?: number
}

const PATIENCE = 10_000
const ACCEPTED = 100

/**
 * Codes after which this text to this number will never go: a wrong, foreign or stopped number, no route, an empty, too long
 * or forbidden text, or the same text too often. All others (no money 201, daily limit 206, down 220, a wrong key 200 and 301…)
 * are ours or theirs to mend, so the text waits. https://sms.ru/api/send
 */
const FINAL = new Set([202, 203, 205, 207, 208, 209, 212, 213, 214, 215, 216, 232, 233])

/** sms.ru over its HTTP API: `POST /sms/send`, so that neither the key nor the text stands in an address. */
export function smsRu(access: SmsRuAccess): TextProvider {
  return { send: (text) => send(access, text) }
}

async function send(
  { apiId, url, patience = PATIENCE }: SmsRuAccess,
  { toPhone, body }: TextToSend,
): Promise<TextOutcome> {
  const to = toPhone.replace(/\D/g, '')
  try {
    const response = await fetch(`${url}/sms/send`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
      body: new URLSearchParams({ api_id: apiId, to, msg: body, json: '1' }),
    })
    return read(response.status, await response.text(), to)
  } catch (error) {
    return notAnswered(error)
  }
}

const answerShape = z.object({
  status_code: z.coerce.number(),
  sms: z
    .record(z.string(), z.object({ status_code: z.coerce.number(), sms_id: z.coerce.string().optional() }))
    .optional(),
})

/** The whole request may be refused, or its one number. */
function read(status: number, text: string, to: string): TextOutcome {
  if (status === 429 || status === 503) return { kind: 'later', code: `http-${status}` }
  const answer = answerShape.safeParse(parsed(text))
  if (!answer.success) return { kind: 'unknown', code: status === 200 ? 'unreadable' : `http-${status}` }
  const one = answer.data.sms?.[to]
  const code = answer.data.status_code === ACCEPTED ? one?.status_code : answer.data.status_code
  if (code === undefined) return { kind: 'unknown', code: 'unreadable' }
  if (code === ACCEPTED) return { kind: 'taken', providerId: one?.sms_id ?? '' }
  return { kind: FINAL.has(code) ? 'refused' : 'later', code: String(code) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A request that never reached anybody was not taken; of any other nobody can tell. */
function notAnswered(error: unknown): TextOutcome {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)
  if (unreached) return { kind: 'later', code: code.toLowerCase() }
  return { kind: 'unknown', code: error instanceof Error ? error.name : 'network' }
}
