import { randomUUID } from 'node:crypto'
import { type RequestInput, requestSchema } from '@/lib/requests/schema'

/** Passport of the tests: no part of it may be found anywhere in the database. */
export const PASSPORT = {
  passport: '66 14 512092',
  passportIssuedBy: 'Отделением внутренних дел города Десногорска',
  passportIssuedOn: '2016-04-15',
}

/** What the form of an honest applicant sends. */
export function requestForm(change: Record<string, string | undefined> = {}) {
  return {
    submissionKey: randomUUID(),
    accountNumber: '0104523',
    lastName: 'Королёва-Щукина',
    firstName: 'Анна',
    patronymic: 'Петровна',
    registrationAddress: '3 мкр., д. 7, кв. 41',
    sameAddress: 'on',
    postalAddress: '',
    ...PASSPORT,
    email: `${randomUUID()}@example.ru`,
    phone: '8 (910) 123-45-67',
    meterSerial: '',
    acceptAgreement: 'on',
    acceptConsent: 'on',
    ...change,
  }
}

/** The same as it enters the commands. */
export function requestInput(change: Record<string, string | undefined> = {}): RequestInput {
  return requestSchema.parse(requestForm(change))
}
