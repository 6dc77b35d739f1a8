import { z } from 'zod'

/** The kinds of documents, as they stand in addresses. */
export const documentKind = z.enum(['agreement', 'consent', 'privacy'])

/** Documents by their names. */
export const documentNames = {
  agreement: 'Пользовательское соглашение',
  consent: 'Согласие на обработку персональных данных',
  privacy: 'Политика обработки персональных данных',
} as const

/** A version's number as it stands in an address: `1`, never `01`. */
export const documentVersionNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
