'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** «Ещё» of the phone's bar: what has no tab of its own. Closes on the next page; opens without JavaScript too. */
export function MoreTab({ paths, children }: { paths: readonly string[]; children: ReactNode }) {
  const path = usePathname()
  const here = paths.some((one) => path === one || path.startsWith(`${one}/`))
  return (
    <details key={path} className="group relative">
      <summary
        aria-current={here ? 'true' : undefined}
        className="flex min-h-16 cursor-pointer list-none flex-col items-center justify-center gap-0.5 px-3.5 text-[0.75rem] text-soft aria-[current]:font-semibold aria-[current]:text-water [&::-webkit-details-marker]:hidden"
      >
        <svg viewBox="0 0 24 24" className="size-6 fill-current" aria-hidden="true">
          <circle cx="5" cy="12" r="1.9" />
          <circle cx="12" cy="12" r="1.9" />
          <circle cx="19" cy="12" r="1.9" />
        </svg>
        Ещё
      </summary>
      <ul className="absolute right-2 bottom-full mb-2 grid w-60 rounded-card border border-edge bg-card p-2">
        {children}
      </ul>
    </details>
  )
}
