'use client'

import { Trouble } from './_ui/trouble'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return <Trouble again={reset} />
}
