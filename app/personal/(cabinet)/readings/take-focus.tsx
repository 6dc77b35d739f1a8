'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** Brings an answer before the eyes: the button that asked for it stands a screen below. */
export function TakeFocus({ answer, children }: { answer: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answer > 0) box.current?.focus()
  }, [answer])
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {children}
    </div>
  )
}
