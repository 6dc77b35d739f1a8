import { fromMarkdown } from 'mdast-util-from-markdown'
import { toString as plainText } from 'mdast-util-to-string'
import rehypeSlug from 'rehype-slug'

type Nodes = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number]

/** A line of a table of contents; `slug` is the id of the heading on the page. */
export interface ContentsLine {
  level: number
  text: string
  slug: string
}

/** The headings of levels 1 to 3 of a Markdown text, with the ids rehype-slug gives them on the page. */
export function tableOfContents(markdown: string): ContentsLine[] {
  const lines = headingsIn(fromMarkdown(markdown)).map((heading) => ({
    level: heading.depth,
    text: plainText(heading, { includeHtml: false, includeImageAlt: false }),
  }))
  const slugs = slugsOf(lines)
  return lines.map((line, place) => ({ ...line, slug: slugs[place] ?? '' })).filter(({ level }) => level <= 3)
}

/** The number a clause begins with: «2.1. Мы открываем…» → `2.1`; undefined for any other paragraph. */
export function clauseNumber(paragraph: string): string | undefined {
  return /^(\d{1,2}\.\d{1,2})\.?\s/.exec(paragraph)?.[1]
}

/** The id of a clause on the page: `2.1` → `clause-2-1`. */
export function clauseId(number: string): string {
  return `clause-${number.replace('.', '-')}`
}

function headingsIn(node: Nodes): Extract<Nodes, { type: 'heading' }>[] {
  if (node.type === 'heading') return [node]
  return 'children' in node ? node.children.flatMap(headingsIn) : []
}

/** Every heading counts here, listed or not: the slug of a repeated one depends on those before it. */
function slugsOf(lines: { level: number; text: string }[]): string[] {
  const children = lines.map(({ level, text }) => ({
    type: 'element' as const,
    tagName: `h${level}`,
    properties: { id: '' },
    children: [{ type: 'text' as const, value: text }],
  }))
  rehypeSlug()({ type: 'root', children })
  return children.map(({ properties }) => properties.id)
}
