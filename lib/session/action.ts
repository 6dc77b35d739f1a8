import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { logProblem } from '@/lib/log'
import {
  type FieldErrors,
  type FormState,
  PASSWORD_AGAIN,
  type Result,
  SESSION_ENDED,
  Shown,
} from '@/lib/result'
import { clientAddress, isOwnOrigin } from './address'
import { fileFields, fileLists, textFields } from './form-fields'
import { freshness } from './fresh'
import type { Permission } from './permissions'
import {
  type Halfway,
  requireHalfway,
  type Staff,
  type Subscriber,
  staffOfForm,
  subscriberOfForm,
} from './require'

type Action = (state: FormState, form: FormData) => Promise<FormState>
/** What keeps somebody who was let in from what was typed, in words; undefined when nothing does. */
type Confirm<Who> = (who: Who, typed: Record<string, string>) => Promise<string | undefined>
type Work<Schema extends z.ZodType, Who> = (input: z.output<Schema>, who: Who) => Promise<Result<unknown>>

interface Options {
  /** Fields never sent back to the page, not even to their own form. */
  secrets?: readonly string[]
  /** Fields with a file, which the schema gets as a `File`; it never comes back to the page. */
  files?: readonly string[]
  /** Fields with several files, which the schema gets as a list of `File`. */
  fileLists?: readonly string[]
  /** Longest text of a field, in characters, where the usual one is too short; what is longer is cut off. */
  longest?: number
}

/** Of forms of people who have signed in. */
interface SignedInOptions extends Options {
  /**
   * Grave: the password must have been typed within five minutes, else the form asks for it and keeps all the rest. A form of
   * several steps says by what was typed which of them is.
   */
  fresh?: boolean | ((typed: Record<string, string>) => boolean)
}

/** Of forms of the cabinet. */
interface SubscriberOptions extends SignedInOptions {
  /** The form of what has to be accepted before anything else. */
  accepting?: boolean
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
  { accepting = false, ...options }: SubscriberOptions = {},
): Action {
  return wrap(schema, work, () => subscriberOfForm({ accepting }), options, confirmed(options))
}

/** The form of the second factor: runs for staff who have typed the right password just now. */
export function halfwayAction<Schema extends z.ZodType>(
  schema: Schema,
  work: Work<Schema, Halfway>,
  options: Options = {},
): Action {
  return wrap(schema, work, requireHalfway, options)
}

/** A form of the office: runs for signed-in staff only, and of them for those whose roles allow it. */
export function staffAction<Schema extends z.ZodType>(
  permission: Permission,
  schema: Schema,
  work: Work<Schema, Staff>,
  options: SignedInOptions = {},
): Action {
  return wrap(schema, work, () => staffOfForm(permission), options, confirmed(options))
}

/** A button without fields; `work` always ends in a redirect. */
export function plainAction(work: () => Promise<never>): () => Promise<void> {
  return async () => {
    if (!isOwnOrigin(await headers())) return
    await work()
  }
}

function confirmed({ fresh = false }: SignedInOptions): Confirm<Subscriber | Staff> {
  const grave = typeof fresh === 'function' ? fresh : () => fresh
  return async (who, typed) => (grave(typed) ? sayIfStale(who, typed[PASSWORD_AGAIN]) : undefined)
}

/** What to tell a person whose password must be typed again. */
async function sayIfStale(
  who: Subscriber | Staff,
  password: string | undefined,
): Promise<string | undefined> {
  const state = await freshness(who, password, new Date())
  return state.kind === 'stale' ? state.message : undefined
}

/** `authorise` gives nobody when the sign-in has ended. Origin → who → shape → fresh → work. What was typed comes back with every refusal; an outage is told, not thrown. */
function wrap<Schema extends z.ZodType, Who>(
  schema: Schema,
  work: Work<Schema, Who>,
  authorise: () => Promise<Who | undefined>,
  { secrets = [], files = [], fileLists: lists = [], longest }: Options,
  confirm?: Confirm<Who>,
): Action {
  return async (_state, form) => {
    const typed = textFields(form, longest)
    if (!typed) return notAForm()
    const hidden = [...secrets, PASSWORD_AGAIN]
    const values = Object.fromEntries(Object.entries(typed).filter(([name]) => !hidden.includes(name)))
    try {
      if (!isOwnOrigin(await headers())) return foreignOrigin(values)
      const who = await authorise()
      if (who === undefined) return { status: 'refused', code: SESSION_ENDED, message: ENDED, values }
      const input = schema.safeParse({ ...typed, ...fileFields(form, files), ...fileLists(form, lists) })
      if (!input.success) return { status: 'invalid', errors: fieldErrors(input.error), values }
      const stale = await confirm?.(who, typed)
      if (stale) return { status: 'refused', code: PASSWORD_AGAIN, message: stale, values }
      const result = await work(input.data, who)
      return result.status === 'ok' ? doneWith(result.value) : withTyped(result, values)
    } catch (error) {
      unstable_rethrow(error)
      logProblem('action failed', error)
      return { status: 'refused', code: 'failure', message: OUTAGE, values }
    }
  }
}

/** A refusal with what was typed; fields the refusal itself has something to say of stand as it says. */
function withTyped(
  refusal: Exclude<Result<unknown>, { status: 'ok' }>,
  typed: Record<string, string>,
): FormState {
  const values = refusal.status === 'refused' ? { ...typed, ...refusal.values } : typed
  return { ...refusal, values }
}

function doneWith(value: unknown): FormState {
  return value instanceof Shown ? { status: 'done', shown: value.values } : { status: 'done' }
}

const OUTAGE =
  'Не получилось: сервис временно недоступен. То, что вы ввели, на месте. Подождите минуту и нажмите кнопку ещё раз.'

const ENDED =
  'Вход закончился. То, что вы ввели, на месте: войдите в новой вкладке, вернитесь сюда и нажмите кнопку ещё раз.'

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
