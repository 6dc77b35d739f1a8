import { z } from 'zod'

/** The kinds of documents, as they stand in addresses. */
export const documentKind = z.enum(['agreement', 'consent', 'privacy'])

/** A version's number as it stands in an address: `1`, never `01`. */
export const documentVersionNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
