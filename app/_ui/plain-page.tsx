import type { ReactNode } from 'react'
import { Logo } from './logo'

/** A page that asks nothing of the database: for when it is down, or when there is nothing to show. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-4 px-5 py-10">
      <Logo />
      <h1>{title}</h1>
      {children}
    </main>
  )
}
