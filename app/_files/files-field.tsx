'use client'

import { useEffect, useRef, useState } from 'react'
import { TextField } from '@/app/_ui/field'
import { ACCEPTED_FILES, FILES_HINT, filesProblem } from '@/lib/files/schema'

/**
 * «Файлы, если нужны». With JavaScript a choice that is too large is told at once and holds the form back, so that nothing typed
 * goes and is lost; without it the server says so.
 */
export function FilesField({ error }: { error: string | undefined }) {
  const [problem, setProblem] = useState<string>()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const input = box.current
    if (!problem || !input?.form) return
    const hold = (event: Event) => {
      event.preventDefault()
      event.stopPropagation()
      input.focus()
    }
    const { form } = input
    form.addEventListener('submit', hold, { capture: true })
    return () => form.removeEventListener('submit', hold, { capture: true })
  }, [problem])
  return (
    <TextField
      ref={box}
      name="files"
      label="Файлы, если нужны"
      hint={FILES_HINT}
      type="file"
      multiple
      accept={ACCEPTED_FILES}
      error={problem ?? error}
      className="py-2.5"
      onChange={({ currentTarget }) =>
        setProblem(filesProblem([...(currentTarget.files ?? [])].map(({ size }) => size)))
      }
    />
  )
}
