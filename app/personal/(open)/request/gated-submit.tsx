'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import type { FormView } from '@/app/_ui/form'

/**
 * The button of a form, unavailable until both required ticks stand. Without JavaScript the styles do it (form[data-gated])
 * and the server refuses; with it the button is truly disabled.
 */
export function GatedSubmit({ view, children }: { view: FormView; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null)
  const [closed, setClosed] = useState(false)
  useEffect(() => {
    const form = button.current?.form
    const look = () => setClosed(form?.querySelector('[data-gate]:not(:checked)') !== null)
    look()
    form?.addEventListener('change', look)
    return () => form?.removeEventListener('change', look)
  }, [])
  return (
    <>
      <Button
        ref={button}
        className="w-full"
        disabled={closed}
        aria-disabled={view.pending || undefined}
        aria-describedby={closed ? 'gate-hint' : undefined}
      >
        {view.pending ? 'Отправляем…' : children}
      </Button>
      <p id="gate-hint" className="gate-hint text-[0.9em] text-soft">
        Кнопка станет доступна, когда отмечены первые две строки.
      </p>
    </>
  )
}
