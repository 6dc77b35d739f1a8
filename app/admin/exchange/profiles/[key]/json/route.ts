import { notFound } from 'next/navigation'
import { profileJson } from '@/lib/exchange/profile-form'
import { profileForStaff } from '@/lib/exchange/profile-queries'
import { requireStaff } from '@/lib/session/require'
import { fileResponse } from '../../../file-response'

/** «Скачать JSON» of a profile. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/admin/exchange/profiles/[key]/json'>,
) {
  const staff = await requireStaff('exchange.see')
  const found = await profileForStaff(staff, (await params).key)
  if (!found) notFound()
  async function* bytes(text: string) {
    yield Buffer.from(text, 'utf8')
  }
  const json = profileJson(found.profile)
  return fileResponse({
    name: `${found.profile.name}.json`,
    contentType: 'application/json',
    bytes: bytes(json),
  })
}
