import { z } from 'zod'
import { DRAFT, storage } from './storage'

const stored = z.object({ known: z.string(), values: z.record(z.string(), z.string()) })

/**
 * What is typed in a form and not sent yet, kept on the phone. `known` is what the form says is in force: once that is
 * another, the draft is of the past.
 */
export function draftOf(owner: string, known: string) {
  const place = `${DRAFT}${owner}`
  return {
    /** What was typed last; `fresh` when it is known to be later than what is in force. */
    read(fresh: boolean): Record<string, string> {
      const found = parse(storage()?.getItem(place))
      if (found && (fresh || found.known === known)) return found.values
      storage()?.removeItem(place)
      return {}
    },
    write(values: Record<string, string>): void {
      try {
        storage()?.setItem(place, JSON.stringify({ known, values }))
      } catch {
        // A phone that is full keeps no draft; what is typed still stands in the form.
      }
    },
  }
}

/** The texts and ticks of a form's own fields. */
export function valuesOf(form: FormData): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of form)
    if (/^m\d/.test(name) && typeof value === 'string' && value) values[name] = value
  return values
}

/** Types values into a form as a person would; ticks that come up by what is typed are set after it. */
export function fill(form: HTMLFormElement, values: Record<string, string>): void {
  const fields = () =>
    [...form.elements].filter((field) => field instanceof HTMLInputElement && field.name in values)
  for (const field of fields())
    if (field instanceof HTMLInputElement && field.type === 'text') {
      field.value = values[field.name] ?? ''
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  requestAnimationFrame(() => {
    for (const field of fields())
      if (field instanceof HTMLInputElement && field.type !== 'text')
        field.checked = field.value === values[field.name]
  })
}

function parse(text: string | null | undefined) {
  try {
    return stored.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}
