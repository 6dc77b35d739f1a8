import { fromMarkdown } from 'mdast-util-from-markdown'
import { toString as plainText } from 'mdast-util-to-string'
import { clauseNumber } from './rules'

/** A piece of a paragraph; `changed`: its words stand in one of the versions only. */
export interface Piece {
  text: string
  changed: boolean
}

/** One place in which two versions differ: what stood there, what stands there now; empty where there was or is nothing. */
export interface Change {
  /** «Пункт 2.5», a heading of the text, or undefined before the first one. */
  place: string | undefined
  was: Piece[]
  is: Piece[]
}

/** Above so many pairs of paragraphs the middle is given as replaced as a whole: the table of pairs must stay small. */
const MOST_PAIRS = 4_000_000

/** Most places of difference that are told one by one. */
const MOST_SHOWN = 200

/**
 * Where a Markdown text differs from the one before, paragraph by paragraph, in the order of the new one. How lines are
 * broken makes no difference; a change of markup alone shows the markup.
 * @returns the first 200 places, and how many more there are
 */
export function changesBetween(before: string, after: string): { changes: Change[]; more: number } {
  const pairs: Pair[] = []
  let section: string | undefined
  let hunk: Step[] = []
  const close = () => {
    for (const pair of paired(hunk, section)) pairs.push(pair)
    hunk = []
  }
  for (const step of stepsBetween(paragraphsOf(before), paragraphsOf(after))) {
    const heading = isHeading(step.text) && step.kind !== 'removed'
    // A heading that is new begins a place of its own, unless it stands in the stead of another.
    if (step.kind === 'same' || (heading && !hunk.some(({ text }) => isHeading(text)))) close()
    if (step.kind !== 'same') hunk.push(step)
    if (heading) section = step.text
  }
  close()
  return { changes: pairs.slice(0, MOST_SHOWN).map(changeOf), more: Math.max(0, pairs.length - MOST_SHOWN) }
}

interface Step {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** What was removed and what was added at one place, as Markdown. */
interface Pair {
  section: string | undefined
  was: string
  is: string
}

/** Paragraphs, headings and items of lists, each on one line. */
function paragraphsOf(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=#{1,6} )|(?<=^#{1,6} .*)\n/m)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
}

/** The shortest way from one list to the other: their longest common subsequence stays. */
function stepsBetween(old: readonly string[], fresh: readonly string[]): Step[] {
  let head = 0
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++
  let tail = 0
  const shorter = Math.min(old.length, fresh.length) - head
  while (tail < shorter && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++
  return [
    ...old.slice(0, head).map(step('same')),
    ...middleSteps(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map(step('same')),
  ]
}

function step(kind: Step['kind']) {
  return (text: string): Step => ({ kind, text })
}

function middleSteps(old: readonly string[], fresh: readonly string[]): Step[] {
  const width = fresh.length + 1
  const tooMany = old.length * fresh.length > MOST_PAIRS
  // How much of the two is common from these places on.
  const common = new Uint32Array(tooMany ? 0 : (old.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  if (!tooMany)
    for (let i = old.length - 1; i >= 0; i--)
      for (let j = fresh.length - 1; j >= 0; j--)
        common[i * width + j] =
          old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]]
    if (was !== undefined && was === is) {
      steps.push({ kind: 'same', text: was })
      i++
      j++
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ kind: 'removed', text: was })
      i++
    } else if (is !== undefined) {
      steps.push({ kind: 'added', text: is })
      j++
    }
  }
  return steps
}

/** A clause stands beside the one of its number, a heading beside a heading, other paragraphs beside each other as they come. */
function paired(hunk: readonly Step[], section: string | undefined): Pair[] {
  // The last comes first: the next one to take is at the end.
  const removed = new Map<string, string[]>()
  for (const { kind, text } of hunk.toReversed()) {
    if (kind !== 'removed') continue
    const alike = removed.get(sortOf(text)) ?? []
    alike.push(text)
    removed.set(sortOf(text), alike)
  }
  const added = hunk.filter(({ kind }) => kind === 'added')
  const changed = added.map(({ text }) => ({
    section,
    was: removed.get(sortOf(text))?.pop() ?? '',
    is: text,
  }))
  const left = [...removed.values()].flatMap((alike) => alike.toReversed())
  return [...changed, ...left.map((text) => ({ section, was: text, is: '' }))]
}

function sortOf(text: string): string {
  return clauseNumber(text) ?? (isHeading(text) ? 'heading' : 'paragraph')
}

function isHeading(text: string): boolean {
  return /^#{1,6} /.test(text)
}

function changeOf({ section, was, is }: Pair): Change {
  const number = clauseNumber(is || was)
  const [shownWas, shownIs] = [plain(was), plain(is)]
  const onlyMarkup = shownWas === shownIs
  return {
    place: number ? `Пункт ${number}` : section && plain(section),
    ...marked(onlyMarkup ? was : shownWas, onlyMarkup ? is : shownIs),
  }
}

/** Two wordings of a paragraph, with the words that differ marked. */
function marked(was: string, is: string): { was: Piece[]; is: Piece[] } {
  const steps =
    was && is
      ? stepsBetween(was.split(' '), is.split(' '))
      : [step('same')(was || is)].filter(({ text }) => text)
  const pieces = (other: Step['kind']) => {
    const joined: Piece[] = []
    for (const { kind, text } of steps) {
      if (kind === other) continue
      const last = joined.at(-1)
      if (last?.changed === (kind !== 'same')) last.text += ` ${text}`
      else joined.push({ text, changed: kind !== 'same' })
    }
    return joined
  }
  return { was: was ? pieces('added') : [], is: is ? pieces('removed') : [] }
}

/** A paragraph as it reads on the page. */
function plain(markdown: string): string {
  return plainText(fromMarkdown(markdown), { includeImageAlt: false })
}
