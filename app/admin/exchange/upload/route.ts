import type { Actor } from '@/lib/audit/record'
import { awaitWork, receiveFile, requestCheck } from '@/lib/exchange/commands'
import { asOfField, type UploadProblem } from '@/lib/exchange/schema'
import { logProblem } from '@/lib/log'
import { clientAddress, isOwnOrigin } from '@/lib/session/address'
import { securityHeaders } from '@/lib/session/headers'
import { may } from '@/lib/session/permissions'
import { currentSession, noteRefused } from '@/lib/session/require'
import { readUpload, type Upload, UploadError } from './read-upload'

/** How long the answer waits for the check of a small file, ms. */
const PATIENCE = 4_000

/**
 * «Проверить файл». Stands outside the first gate, which cuts bodies at 10 MB, and so asks by itself who came:
 * to anybody but staff who load files there is nothing here. Fields: `file`, and if wanted `profile` (a key) and `asOf`.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const session = await currentSession()
    if (session.kind !== 'live') return nothingHere()
    if (!may(session.user.roles, 'exchange.load')) {
      noteRefused(session, 'exchange.load')
      return nothingHere()
    }
    if (!isOwnOrigin(request.headers)) return back('origin')
    const { id, login } = session.user
    const actor = { userId: id, login, address: clientAddress(request.headers) }
    return await readUpload(request, (upload) => keep(actor, upload))
  } catch (error) {
    if (error instanceof UploadError) return back(error.problem)
    logProblem('upload failed', error)
    return back('failure')
  }
}

/** A reload of the address leads to the form. */
export function GET(): Response {
  return to('/admin/exchange')
}

async function keep(actor: Actor, upload: Upload): Promise<Response> {
  const { fileName, fields } = upload
  const received = await receiveFile(actor, { fileName, bytes: withGoodFields(upload) })
  if (received.status !== 'ok') {
    if (received.status !== 'refused') return back('failure')
    return back(received.code === 'empty' && !fileName ? 'not-a-file' : received.code)
  }
  const { id } = received.value
  const asOf = asOfField.parse(fields.get('asOf'))
  const asked = await requestCheck(actor, id, { profile: fields.get('profile'), asOf })
  if (asked.status === 'ok') await awaitWork(id, PATIENCE)
  return to(`/admin/exchange/${id}`)
}

/** The bytes of an upload; they end badly, and nothing is kept, when another field of the form is filled wrongly. */
async function* withGoodFields({ bytes, fields }: Upload): AsyncGenerator<Buffer> {
  yield* bytes
  if (!asOfField.safeParse(fields.get('asOf')).success) throw new UploadError('as-of')
}
function back(problem: UploadProblem): Response {
  return to(`/admin/exchange?problem=${problem}`)
}

function to(location: string): Response {
  return new Response(null, { status: 303, headers: { ...common(), location } })
}

const NOTHING = `<!doctype html>
<html lang="ru"><meta charset="utf-8"><title>Такой страницы нет</title>
<h1>Такой страницы нет</h1><p><a href="/personal/login">Войти</a></p></html>`

function nothingHere(): Response {
  const kind = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" }
  return new Response(NOTHING, { status: 404, headers: { ...common(), ...kind } })
}

function common(): Record<string, string> {
  return Object.fromEntries(securityHeaders())
}
