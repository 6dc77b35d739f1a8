/** What is wrong with which field: field name → message for the person. */
export type FieldErrors = Record<string, string>

/** The outcome of a business change. Only bugs and outages throw. */
export type Result<T = undefined, Code extends string = string> =
  | { status: 'ok'; value: T }
  | { status: 'invalid'; errors: FieldErrors }
  | { status: 'refused'; code: Code; message: string; values?: Record<string, string> }

/** The change happened; `value` is what the caller needs to go on. */
export function ok(): { status: 'ok'; value: undefined }
export function ok<T>(value: T): { status: 'ok'; value: T }
export function ok<T>(value?: T) {
  return { status: 'ok' as const, value }
}

/** Nothing happened: these fields must be mended first. */
export function invalid(errors: FieldErrors): { status: 'invalid'; errors: FieldErrors } {
  return { status: 'invalid', errors }
}

/**
 * Nothing happened, and not because of a field; `message` is shown to the person. `values` stand in the form instead of
 * what was sent in those fields.
 */
export function refused<Code extends string>(
  code: Code,
  message: string,
  values?: Record<string, string>,
): { status: 'refused'; code: Code; message: string; values?: Record<string, string> } {
  return { status: 'refused', code, message, ...(values ? { values } : {}) }
}

/** A value that a page shows on this one answer and keeps nowhere: a passport opened by staff. */
export class Shown {
  constructor(readonly values: Record<string, string>) {}
}

/** What a form knows about its last sending; `values` is what was typed, without secrets. */
export type FormState =
  | { status: 'idle' }
  | { status: 'done'; shown?: Record<string, string> }
  | { status: 'invalid'; errors: FieldErrors; values: Record<string, string> }
  | { status: 'refused'; code: string; message: string; values: Record<string, string> }

/** The field in which a form asks for the person's password again, and the code of the refusal that asks. */
export const PASSWORD_AGAIN = 'passwordAgain'

/** The code of the refusal of a form whose sign-in has ended meanwhile. */
export const SESSION_ENDED = 'sessionEnded'

/** A form nobody has sent yet. */
export const IDLE: FormState = { status: 'idle' }
