import { tableOfContents } from '@/lib/documents/rules'

/** The table of contents of a document; nothing when it has no headings. */
export function Contents({ body }: { body: string }) {
  const lines = tableOfContents(body)
  if (lines.length === 0) return null
  return (
    <nav
      aria-labelledby="contents"
      className="mb-8 wide:sticky wide:top-6 wide:mb-0 wide:self-start print:hidden"
    >
      <h2 id="contents" className="mb-1 text-[1.05rem]">
        Содержание
      </h2>
      <ul>
        {lines.map((line) => (
          <li key={line.slug} className={line.level === 3 ? 'pl-4' : ''}>
            <a href={`#${line.slug}`} className="inline-flex min-h-11 items-center leading-snug">
              {line.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
