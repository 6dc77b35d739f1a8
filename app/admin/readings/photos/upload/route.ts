import { seeOther } from '@/app/_photos/answers'
import { takePhoto } from '@/app/_photos/take'
import { meterAddress } from '@/lib/readings/meter-page'
import { addPhotoByStaff } from '@/lib/readings/photos'
import type { PhotoInput } from '@/lib/readings/photos-schema'
import { currentSession, requireStaff } from '@/lib/session/require'

/** «Приложить снимок» by staff. Stands outside the first gate, which cuts bodies at 10 MB, and so asks by itself who came. */
export async function POST(request: Request): Promise<Response> {
  const session = await currentSession()
  if (session.kind !== 'live' || session.user.kind !== 'staff')
    return seeOther('/personal/login?next=%2Fadmin%2Faccounts&state=ended')
  const staff = await requireStaff('readings.enter')
  let named: PhotoInput | undefined
  const problem = await takePhoto(request, (input, bytes) => {
    named = input
    return addPhotoByStaff(staff, input, bytes)
  })
  const page = named && (await meterAddress(staff, named.meter))
  const query = problem ? `problem=${problem}` : 'done=photo'
  return seeOther(page ? `${page}?${query}#photos` : '/admin/accounts')
}

/** A reload of the address leads to the accounts. */
export function GET(): Response {
  return seeOther('/admin/accounts')
}
