'use client'

import { Trouble } from './_ui/trouble'
import './globals.css'

export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="ru">
      <body>
        <Trouble again={reset} />
      </body>
    </html>
  )
}
