import { randomUUID } from 'node:crypto'
import { db } from '@/db/client'
import { consents, letters } from '@/db/schema'
import { consentsOfPerson, lettersNotDelivered } from '@/lib/access/person'
import { enquiriesOfPerson } from '@/lib/enquiries/person'
import { paymentsOfPerson } from '@/lib/payments/person'
import { requestsOfPerson } from '@/lib/requests/person'
import { expect, test } from '../support/database'
import { makeStaff, makeUser } from '../support/people'

const now = new Date('2026-11-25T09:00:00Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test('letters to a person that have not left are named; those sent, new ones and another’s are not', async () => {
  const staff = await makeStaff()
  const person = await makeUser()
  const letter = (values: Partial<typeof letters.$inferInsert>) =>
    db()
      .insert(letters)
      .values({
        kind: 'request-refused',
        toEmail: person.email.toUpperCase(),
        payload: { number: '2026-0417' },
        createdAt: before(1),
        ...values,
      })
  await letter({ attempts: 3, lastError: 'EENVELOPE' })
  await letter({ createdAt: before(10), kind: 'forgotten-kind' })
  await letter({})
  await letter({ createdAt: before(60), sentAt: before(59), attempts: 1 })
  await letter({ createdAt: before(60), toEmail: `${randomUUID()}@example.ru` })
  const found = await lettersNotDelivered(staff, person.id, now)
  expect(found.map(({ subject, attempts, lastError }) => ({ subject, attempts, lastError }))).toEqual([
    { subject: expect.not.stringContaining('request-refused'), attempts: 3, lastError: 'EENVELOPE' },
    { subject: 'forgotten-kind', attempts: 0, lastError: null },
  ])
})

test('consents are the person’s own, withdrawals with them; of dealings a newcomer has none', async () => {
  const staff = await makeStaff()
  const [person, other] = [await makeUser(), await makeUser()]
  for (const userId of [person.id, other.id])
    await db()
      .insert(consents)
      .values({ kind: 'messages', userId, textHash: 'x', givenAt: before(9), withdrawnAt: before(5) })
  expect(await consentsOfPerson(staff, person.id)).toMatchObject([
    { kind: 'messages', withdrawnAt: before(5) },
  ])
  for (const dealings of [requestsOfPerson, enquiriesOfPerson, paymentsOfPerson])
    expect(await dealings(staff, person.id)).toEqual([])
})
