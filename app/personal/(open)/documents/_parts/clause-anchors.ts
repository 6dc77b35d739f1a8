import type rehypeSlug from 'rehype-slug'
import { clauseId, clauseNumber } from '@/lib/documents/rules'

type Tree = Parameters<ReturnType<typeof rehypeSlug>>[0]

/** Gives the paragraph of each numbered clause an id, so that a letter can link to clause 3.1. */
export function clauseAnchors() {
  return (tree: Tree) => {
    const taken = new Set<string>()
    for (const node of tree.children) {
      if (node.type !== 'element' || node.tagName !== 'p') continue
      const [first] = node.children
      const number = first?.type === 'text' ? clauseNumber(first.value) : undefined
      if (!number || taken.has(number)) continue
      taken.add(number)
      node.properties.id = clauseId(number)
    }
  }
}
