import { accountForStaff } from '@/lib/accounts/staff'
import { accountOnBill } from '@/lib/ledger/qr'
import { codeOnPicture } from '@/lib/ledger/qr-picture'
import { logProblem } from '@/lib/log'
import { isOwnOrigin } from '@/lib/session/address'
import { currentSession, requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type PictureProblem, pictureProblem } from '../problems'

/** Below 10 MB, where the framework would cut it silently. */
const LIMIT = 8 * 1024 * 1024
const WRAPPING = 64 * 1024
const LOGIN = '/personal/login?next=%2Fadmin%2Faccounts&state=ended'

/** «Найти по картинке»: reads the code of a bill from its picture, which is kept nowhere, and goes to the account. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return back('origin')
  // Not the second gate's own redirect: it would send the picture on to the login.
  if ((await currentSession()).kind !== 'live') return to(LOGIN)
  const staff = await requireStaff('accounts.see')
  try {
    const picture = await pictureIn(request)
    if (!(picture instanceof Uint8Array)) return back(picture)
    const code = await codeOnPicture(picture)
    if (code.status !== 'ok') return back(problemOf(code))
    const number = accountOnBill(code.value, (await currentSettings()).requisites)
    if (number.status !== 'ok') return back(problemOf(number))
    if (!(await accountForStaff(staff, number.value))) return back('unknown')
    return to(`/admin/accounts/${encodeURIComponent(number.value)}`)
  } catch (error) {
    logProblem('a picture could not be read', error)
    return back('failure')
  }
}

/** A reload of the address leads to the form. */
export async function GET(): Promise<Response> {
  await requireStaff('accounts.see')
  return to('/admin/accounts')
}

async function pictureIn(request: Request): Promise<Uint8Array | PictureProblem> {
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT + WRAPPING) return 'too-big'
  const form = await request.formData().catch(() => undefined)
  const file = form?.get('picture')
  if (!(file instanceof File) || file.size === 0) return 'no-file'
  return file.size > LIMIT ? 'too-big' : new Uint8Array(await file.arrayBuffer())
}

function problemOf(refusal: { status: string; code?: string }): PictureProblem {
  return pictureProblem.catch('failure').parse(refusal.code)
}

function back(problem: PictureProblem): Response {
  return to(`/admin/accounts?problem=${problem}#picture`)
}

function to(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
