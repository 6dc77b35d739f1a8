const LONGEST = 10_000

/**
 * Text fields of a form, normalised: NFC, no NUL, no lone surrogates, no blanks around, a bounded length. Files are left
 * out. Undefined for what is no form: an action is an address like any other, and its arguments are whatever came.
 */
export function textFields(form: unknown, longest = LONGEST): Record<string, string> | undefined {
  if (!(form instanceof FormData)) return undefined
  const fields: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$ACTION')) continue
    fields[name] = value.slice(0, longest).toWellFormed().normalize('NFC').replaceAll('\0', '').trim()
  }
  return fields
}

/** Every file of a form under each of these names. A field left empty sends a file of no bytes, with scripts even a named one: none. */
export function fileLists(form: FormData, names: readonly string[]): Record<string, File[]> {
  const isChosen = (value: FormDataEntryValue) => value instanceof File && value.size > 0
  return Object.fromEntries(
    names.map((name) => [name, form.getAll(name).filter((value): value is File => isChosen(value))]),
  )
}

/** Files of a form under these names; a field left empty is none. */
export function fileFields(form: FormData, names: readonly string[]): Record<string, File> {
  const chosen = names.flatMap((name) => {
    const file = form.get(name)
    return file instanceof File && !isLeftEmpty(file) ? [[name, file] as const] : []
  })
  return Object.fromEntries(chosen)
}

/** A browser sends a file without a name for it; on its way through a script that becomes the name «undefined». */
function isLeftEmpty({ name, size }: File): boolean {
  return size === 0 && ['', 'undefined'].includes(name)
}
