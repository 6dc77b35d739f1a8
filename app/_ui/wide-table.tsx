import type { ReactNode } from 'react'

/** A table of the office: wider than a phone, so it scrolls in a box of its own that the keyboard can reach. */
export function WideTable({
  label,
  heads,
  figuresFrom = heads.length,
  children,
}: {
  label: string
  heads: string[]
  /** From which column on there are figures: they stand at the right. */
  figuresFrom?: number
  children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      tabIndex={0}
      className="relative overflow-x-auto rounded-card border border-line bg-card [&_td]:px-4 [&_td]:py-2 [&_tbody_tr:last-child]:border-0 [&_tr]:border-b [&_tr]:border-line"
    >
      <table className="w-full text-left">
        <thead className="text-soft">
          <tr>
            {heads.map((head, place) => (
              <th
                key={head}
                scope="col"
                className={`px-4 py-2 font-medium ${place < figuresFrom ? '' : 'text-right'}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
