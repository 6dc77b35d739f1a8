import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { ping } from '@/db/client'
import { logProblem, logRefusal } from '@/lib/log'
import { isOwnOrigin } from '@/lib/session/address'
import { cookieOptions, probeCookieName, sessionCookieName, sessionIdIn } from '@/lib/session/cookies'
import { AGREEMENT_PAGE, classify, gate, type Verdict } from '@/lib/session/gate'
import { ASKED_HEADER, clearing, contentPolicy, securityHeaders } from '@/lib/session/headers'
import { type SessionState, sessionState } from '@/lib/session/sessions'

export const config = {
  runtime: 'nodejs',
  // Uploads are outside: the framework cuts bodies at 10 MB on matched paths. Those handlers authenticate themselves.
  // The worker and what makes the service installable are files, the same for everybody.
  matcher: [
    '/((?!_next/static/|icons/|favicon\\.ico$|icon\\.svg$|apple-icon\\.png$|sw\\.js$|manifest\\.webmanifest$|admin/exchange/upload$|admin/readings/photos/upload$|personal/readings/photos/upload$).*)',
  ],
}

const ANSWER_WITHIN_MS = 5_000

/** The first gate; the second stands in every page and action (`lib/session/require.ts`). */
export default async function middleware(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  headers.set(ASKED_HEADER, request.nextUrl.pathname)
  const response = isForeignForm(request)
    ? refuseForm(request)
    : answer(request, await verdictFor(request), headers)
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of securityHeaders()) response.headers.set(name, value)
  const forgotten = clearing(request.nextUrl)
  if (forgotten) response.headers.set('clear-site-data', forgotten)
  // The login form is told by it whether the browser keeps cookies. Set on any page, for one comes to the form without
  // asking for its address too; but never on a sending: it would reach the action as if the browser had sent it.
  if (request.method === 'GET' && !request.cookies.has(probeCookieName()))
    response.cookies.set(probeCookieName(), '1', cookieOptions())
  return response
}

/** A form of another site's; the framework itself would answer it with an error 500. Machines have no pages of ours to send from. */
function isForeignForm(request: NextRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  return classify(request.nextUrl.pathname) !== 'machine' && !isOwnOrigin(request.headers)
}

function refuseForm({ nextUrl }: NextRequest): NextResponse {
  logRefusal('form of a foreign site', { path: classify(nextUrl.pathname) ?? 'nowhere' })
  const words =
    'Форма отправлена не со страницы личного кабинета. Откройте её по нашему адресу и отправьте ещё раз.'
  return new NextResponse(words, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

async function verdictFor(request: NextRequest): Promise<Verdict | 'outage'> {
  const path = request.nextUrl.pathname
  try {
    const state = await inTime(stateOf(request))
    const verdict = gate(path, state)
    noteRefused(path, verdict, state)
    return verdict
  } catch (error) {
    // Not the address itself: one may hold the token of a credentials link.
    logProblem('the gate could not ask the database', error, { path: classify(path) ?? 'nowhere' })
    return path.startsWith('/api/') ? 'pass' : 'outage'
  }
}

async function stateOf(request: NextRequest): Promise<SessionState> {
  const state = await sessionState(await sessionIdIn(request.headers), new Date())
  // Without a cookie nothing was asked yet, and the page would meet the outage half-way through.
  if (state.kind === 'anonymous') await ping()
  return state
}

/** A resident at the office's doors, staff at a resident's. The front page is everybody's. */
function noteRefused(path: string, verdict: Verdict, state: SessionState): void {
  const area = classify(path)
  if (state.kind === 'live' && (verdict === 'forbidden' || (verdict === 'office' && area !== 'front')))
    logRefusal('not permitted', { user: state.user.id, code: area })
}

/** A database that hangs is as good as none: people get the page that says so. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function answer(request: NextRequest, verdict: Verdict | 'outage', headers: Headers): NextResponse {
  const to = (path: string, status: number) =>
    NextResponse.rewrite(new URL(path, request.url), { status, request: { headers } })
  // A form's own action answers for itself: the second gate redirects, and what was typed is not lost.
  const form = request.method === 'POST'
  switch (verdict) {
    case 'outage':
      return form ? NextResponse.next({ request: { headers } }) : to('/outage', 503)
    case 'blocked':
      return form ? NextResponse.next({ request: { headers } }) : to('/personal/suspended', 403)
    case 'forbidden':
      return to('/not-here', 404)
    case 'login':
      return form ? NextResponse.next({ request: { headers } }) : redirectTo(request, '/personal/login')
    case 'code':
      return form ? NextResponse.next({ request: { headers } }) : redirectTo(request, '/personal/login/code')
    case 'agreement':
      return form ? NextResponse.next({ request: { headers } }) : redirectTo(request, AGREEMENT_PAGE)
    case 'office':
      return redirectTo(request, '/admin')
    case 'pass':
      return NextResponse.next({ request: { headers } })
  }
}

function redirectTo(request: NextRequest, path: string): NextResponse {
  const target = request.nextUrl.clone()
  const { pathname } = target
  target.pathname = path
  target.search = ''
  if (path === AGREEMENT_PAGE) target.searchParams.set('next', pathname)
  if (path.startsWith('/personal/login')) {
    target.searchParams.set('next', pathname)
    if (path === '/personal/login' && request.cookies.has(sessionCookieName()))
      target.searchParams.set('state', 'ended')
  }
  return NextResponse.redirect(target, 303)
}
