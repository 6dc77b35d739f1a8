import Markdown, { type Components } from 'react-markdown'
import rehypeSlug from 'rehype-slug'
import { clauseAnchors } from './clause-anchors'

const heading = 'mt-9 mb-3 scroll-mt-6 break-after-avoid text-[1.25rem] leading-snug font-semibold first:mt-0'

/** A page has one heading of the first level, its title: a text's own starts at the second. */
const components: Components = {
  h1: ({ id, children }) => (
    <h2 id={id} className={heading}>
      {children}
    </h2>
  ),
  h2: ({ id, children }) => (
    <h2 id={id} className={heading}>
      {children}
    </h2>
  ),
  h3: ({ id, children }) => (
    <h3 id={id} className="mt-6 mb-2 scroll-mt-6 break-after-avoid font-semibold">
      {children}
    </h3>
  ),
  p: ({ id, children }) => (
    <p id={id} className="my-3 scroll-mt-6 first:mt-0 target:rounded-control target:bg-water-wash">
      {children}
    </p>
  ),
  ul: ({ children }) => <ul className="my-3 list-disc space-y-1.5 pl-6">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-3 list-decimal space-y-1.5 pl-6">
      {children}
    </ol>
  ),
}

/** The Markdown of a document as markup. HTML in it is shown as text, pictures are left out. */
export function DocumentText({ body }: { body: string }) {
  return (
    <div className="max-w-[36rem] text-[1.06rem] leading-relaxed [overflow-wrap:anywhere] print:max-w-none print:text-[11pt]">
      <Markdown
        rehypePlugins={[rehypeSlug, clauseAnchors]}
        components={components}
        disallowedElements={['img']}
      >
        {body}
      </Markdown>
    </div>
  )
}
