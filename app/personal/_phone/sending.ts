import { z } from 'zod'

/** Texts by field name, as a form has them. */
const texts = z.record(z.string().max(40), z.string().max(200))

/** A sending as the phone hands it over (`readings/send/route.ts`). */
export const sendingInput = z.object({
  /** Of this sending: come again it is one record and the same answer. */
  key: z.uuid(),
  /** Whose phone it comes from (`lib/session/phone.ts`). */
  owner: z.string(),
  /** The form's fields. */
  values: texts,
  /** Field name → dial of the value in force the phone knew of; '' for none. */
  known: texts,
  /** Milliseconds since the dials were read: the clock of a phone may be wrong, a span is not. */
  age: z.int().nonnegative(),
})
export type SendingInput = z.infer<typeof sendingInput>

/** A field for which another value was sent meanwhile: both as the dial shows them. */
export const difference = z.object({
  field: z.string(),
  label: z.string(),
  typed: z.string(),
  inForce: z.string(),
  /** When the value in force came. */
  at: z.iso.datetime(),
})
export type Difference = z.infer<typeof difference>

/** What the service answers to a sending. */
export const sendingAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), slip: z.string().startsWith('/personal/') }),
  z.object({ status: z.literal('invalid'), errors: z.record(z.string(), z.string()) }),
  z.object({ status: z.literal('conflict'), differences: z.array(difference) }),
  z.object({ status: z.literal('refused'), message: z.string() }),
  /** Nobody has signed in, or somebody else. */
  z.object({ status: z.literal('signed-out') }),
])
export type SendingAnswer = z.infer<typeof sendingAnswer>

/** A sending as it lies on the phone. */
export const sending = z.object({
  key: z.string(),
  owner: z.string(),
  values: z.record(z.string(), z.string()),
  known: z.record(z.string(), z.string()),
  /** Field name → what the field is called. */
  labels: z.record(z.string(), z.string()),
  /** Milliseconds of the phone's clock. */
  takenAt: z.number(),
  /** The last answer; none while it waits for a network. */
  answer: sendingAnswer.optional(),
  /** The form it was typed in shows the answer by itself. */
  inForm: z.boolean(),
})
export type Sending = z.infer<typeof sending>
