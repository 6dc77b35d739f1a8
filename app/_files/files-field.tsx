'use client'

import { useState } from 'react'
import { TextField } from '@/app/_ui/field'
import { ACCEPTED_FILES, FILES_HINT, filesProblem } from '@/lib/files/schema'

/**
 * «Приложить файлы». With JavaScript a choice that is too large is refused before anything is sent, so that nothing typed is
 * lost; without it the server says so.
 */
export function FilesField({
  error,
  label = 'Файлы, если нужны',
}: {
  error: string | undefined
  label?: string
}) {
  const [problem, setProblem] = useState<string>()
  return (
    <TextField
      name="files"
      label={label}
      hint={FILES_HINT}
      type="file"
      multiple
      accept={ACCEPTED_FILES}
      error={problem ?? error}
      className="py-2.5"
      onChange={({ currentTarget }) => {
        const found = filesProblem([...(currentTarget.files ?? [])].map(({ size }) => size))
        setProblem(found)
        if (found) currentTarget.value = ''
      }}
    />
  )
}
