import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { logProblem } from '@/lib/log'
import { type FieldErrors, type FormState, type Result, Shown } from '@/lib/result'
import { clientAddress, isOwnOrigin } from './address'
import { fileFields, textFields } from './form-fields'
import { requireStaff, requireSubscriber, type Staff, type Subscriber } from './require'

type Action = (state: FormState, form: FormData) => Promise<FormState>
type Work<Schema extends z.ZodType, Who> = (input: z.output<Schema>, who: Who) => Promise<Result<unknown>>

interface Options {
  /** Fields never sent back to the page, not even to their own form. */
  secrets?: readonly string[]
  /** Fields with a file, which the schema gets as a `File`; it never comes back to the page. */
  files?: readonly string[]
  /** Longest text of a field, in characters, where the usual one is too short; what is longer is cut off. */
  longest?: number
}

/** A form anybody may send. `who` is the network address it came from. */
export function publicAction<Schema extends z.ZodType>(
  schema: Schema,
  work: Work<Schema, { address: string }>,
  options: Options = {},
): Action {
  return wrap(schema, work, async () => ({ address: clientAddress(await headers()) }), options)
}

/** A form of the cabinet: runs for a signed-in subscriber only. */
export function subscriberAction<Schema extends z.ZodType>(
  schema: Schema,
  work: Work<Schema, Subscriber>,
  options: Options = {},
): Action {
  return wrap(schema, work, requireSubscriber, options)
}

/** A form of the office: runs for signed-in staff only. */
export function staffAction<Schema extends z.ZodType>(
  schema: Schema,
  work: Work<Schema, Staff>,
  options: Options = {},
): Action {
  return wrap(schema, work, requireStaff, options)
}

/** A button without fields; `work` always ends in a redirect. */
export function plainAction(work: () => Promise<never>): () => Promise<void> {
  return async () => {
    if (!isOwnOrigin(await headers())) return
    await work()
  }
}

/** Origin → who → shape → work. What was typed comes back with every refusal; an outage is told, not thrown. */
function wrap<Schema extends z.ZodType, Who>(
  schema: Schema,
  work: Work<Schema, Who>,
  authorise: () => Promise<Who>,
  { secrets = [], files = [], longest }: Options,
): Action {
  return async (_state, form) => {
    const typed = textFields(form, longest)
    if (!typed) return notAForm()
    const values = Object.fromEntries(Object.entries(typed).filter(([name]) => !secrets.includes(name)))
    try {
      if (!isOwnOrigin(await headers())) return foreignOrigin(values)
      const who = await authorise()
      const input = schema.safeParse({ ...typed, ...fileFields(form, files) })
      if (!input.success) return { status: 'invalid', errors: fieldErrors(input.error), values }
      const result = await work(input.data, who)
      return result.status === 'ok' ? doneWith(result.value) : { ...result, values }
    } catch (error) {
      unstable_rethrow(error)
      logProblem('action failed', error)
      return { status: 'refused', code: 'failure', message: OUTAGE, values }
    }
  }
}

function doneWith(value: unknown): FormState {
  return value instanceof Shown ? { status: 'done', shown: value.values } : { status: 'done' }
}

const OUTAGE =
  'Не получилось: сервис временно недоступен. То, что вы ввели, на месте. Подождите минуту и нажмите кнопку ещё раз.'

function foreignOrigin(values: Record<string, string>): FormState {
  const message =
    'Форма отправлена не со страницы личного кабинета. Откройте её по нашему адресу и отправьте ещё раз.'
  return { status: 'refused', code: 'origin', message, values }
}

/** No browser of ours sends this. */
function notAForm(): FormState {
  return { status: 'refused', code: 'shape', message: 'Это не форма личного кабинета.', values: {} }
}

/** The first message of each field. */
function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) {
    const field = issue.path.join('.')
    errors[field] ??= issue.message
  }
  return errors
}
