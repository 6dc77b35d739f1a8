import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { db } from '@/db/client'
import { accountAccess, nightChecks, readingCorrections, readingPhotos } from '@/db/schema'
import { openEnquiry } from '@/lib/enquiries/commands'
import { changeOwner } from '@/lib/holders/owner-change'
import { ownerInput } from '@/lib/holders/schema'
import { submitReadings } from '@/lib/readings/commands'
import { addPhoto } from '@/lib/readings/photos'
import type { Staff, Subscriber } from '@/lib/session/require'
import { addMonths, period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeCharge, makeMeter, makePayment, makeService } from './billing'
import { makeAccount, makeStaff, makeSubscriber } from './people'

/** When the former holder still lives there; the day the account changes hands; and when the new one has had their first bill. */
export const BEFORE = new Date('2026-11-10T12:00:00+03:00')
export const CHANGED_ON = '2026-11-15'
export const RECORDED = new Date('2026-11-16T12:00:00+03:00')
export const AFTER = new Date('2027-01-10T12:00:00+03:00')

/** Of every month of the former holder; of nobody else. */
export const CHARGE = 77_777n
export const PAYMENT = 33_333n

const FIRST = period('2024-11')
const MONTHS = 24

/** An account with two years of everything of its holder: bills, payments, readings, pictures, nights, a correction, papers, an enquiry. */
export async function makeLivedHome() {
  const account = await makeAccount({ residents: 2 })
  const former = await makeSubscriber([account.id])
  await db()
    .update(accountAccess)
    .set({ grantedAt: new Date('2024-01-01') })
    .where(eq(accountAccess.userId, former.userId))
  const service = await makeService(`Холодное водоснабжение ${randomUUID()}`)
  const months = Array.from({ length: MONTHS }, (_, place) => addMonths(FIRST, place))
  const dials = Object.fromEntries(months.map((month, place) => [month, [`${81_400 + place * 11}`]]))
  const meter = await makeMeter(account.id, {}, dials)
  let opening = 0n
  for (const month of months) {
    await makeCharge(
      account.id,
      month,
      service,
      { opening, charged: CHARGE, paid: 10_000n },
      { basis: 'meter' },
    )
    opening += CHARGE - 10_000n
  }
  const paid = { amount: PAYMENT, paidAt: '2026-11-05T12:00:00+03:00', place: 'Почта прежнего' }
  const paymentId = await makePayment(account.id, paid)
  const photoId = await picture(former, meter.id)
  await db()
    .insert(nightChecks)
    .values(night(account.id, meter.id, former))
  await db()
    .insert(readingCorrections)
    .values({
      ...{ accountId: account.id, meterId: meter.id, period: period('2026-10'), values: ['81660'] },
      ...{ note: 'ошибка прежнего', askedAt: BEFORE, askedBy: former.userId },
    })
  const line = { accountNumber: account.accountNumber, period: period('2026-10'), service }
  const asked = await openEnquiry(
    former,
    { ...line, sendingKey: randomUUID(), files: [], subject: 'Вопрос', text: 'Почему так?' },
    BEFORE,
  )
  const sent = await submitReadings(
    former,
    { account: account.accountNumber, [`m${meter.id}r1`]: '81664' },
    BEFORE,
  )
  if (asked.status !== 'ok' || sent.status !== 'ok') throw new Error('the former holder was not served')
  return {
    ...{ account, former, service, meter, paymentId, photoId, owed: opening - PAYMENT },
    ...{ enquiry: asked.value.number, paperId: sent.value[0]?.paperId ?? '' },
    staff: await makeStaff(),
  }
}
export type LivedHome = Awaited<ReturnType<typeof makeLivedHome>>

async function picture(who: Subscriber, meterId: number): Promise<string> {
  const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer()
  const added = await addPhoto(who, { meter: meterId, period: period('2026-10') }, bytes)
  if (added.status !== 'ok') throw new Error(`no picture: ${JSON.stringify(added)}`)
  const [photo] = await db()
    .update(readingPhotos)
    .set({ uploadedAt: BEFORE })
    .where(eq(readingPhotos.meterId, meterId))
    .returning({ id: readingPhotos.id })
  return photo?.id ?? ''
}

function night(accountId: number, meterId: number, { userId }: Subscriber) {
  return {
    ...{ accountId, meterId, userId, eveningAt: new Date('2026-11-08T22:00:00+03:00') },
    ...{ eveningValue: quantity('81655'), morningAt: new Date('2026-11-09T07:00:00+03:00') },
    morningValue: quantity('81656'),
  }
}

/** What the form of a change sends: the water meter read at 81670, unless said otherwise. */
export const ownerForm = (home: LivedHome, change: Record<string, string> = {}) =>
  ownerInput.parse({
    ...{ account: home.account.accountNumber, day: CHANGED_ON, login: '' },
    ...{ basis: 'Договор № 5 от 12.11.2026', newHolder: 'Новиков Павел Ильич' },
    [`m${home.meter.id}r1`]: '81670',
    ...change,
  })

/** The account changes hands, and whoever is named by login gets it. */
export async function change(home: LivedHome, more: Record<string, string> = {}, staff: Staff = home.staff) {
  return changeOwner(staff, ownerForm(home, more), RECORDED)
}

/** The new holder's first bill, of December, upon what the former one left. */
export async function billNew(home: LivedHome, charged = 10_000n): Promise<void> {
  const left = home.owed + PAYMENT
  const november = { opening: left, charged: CHARGE, paid: 0n }
  await makeCharge(home.account.id, '2026-11', home.service, november)
  await makeCharge(home.account.id, '2026-12', home.service, { opening: left + CHARGE, charged })
}
