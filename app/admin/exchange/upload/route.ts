import { checkFile } from '@/lib/exchange/commands'
import type { UploadProblem } from '@/lib/exchange/schema'
import { logProblem } from '@/lib/log'
import { clientAddress, isOwnOrigin } from '@/lib/session/address'
import { securityHeaders } from '@/lib/session/headers'
import { currentSession } from '@/lib/session/require'
import { readUpload } from './read-upload'

/**
 * «Проверить файл». Stands outside the first gate, which cuts bodies at 10 MB, and so asks by itself who came:
 * to anybody but staff there is nothing here.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const session = await currentSession()
    if (session.kind !== 'live' || session.user.kind !== 'staff') return nothingHere()
    if (!isOwnOrigin(request.headers)) return back('origin')
    const { id, login } = session.user
    const upload = await readUpload(request)
    if (typeof upload === 'string') return back(upload)
    const actor = { userId: id, login, address: clientAddress(request.headers) }
    const result = await checkFile(actor, upload)
    if (result.status === 'ok') return to(`/admin/exchange/${result.value.id}`)
    return back(result.status === 'refused' ? result.code : 'failure')
  } catch (error) {
    logProblem('upload failed', error)
    return back('failure')
  }
}

/** A reload of the address leads to the form. */
export function GET(): Response {
  return to('/admin/exchange')
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
