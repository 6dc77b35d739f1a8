import { importsOf, isOurs, type Tree } from './tree'

/** Floors of the house: an import may go down, never up. */
const floors: readonly (readonly [floor: number, pattern: RegExp])[] = [
  [1, /^lib\/(units\/|result$|env$|log$)/],
  [10, /^db\/demo\//],
  [2, /^db\//],
  [3, /^lib\/(audit|jobs|mail|documents|settings|files)\//],
  [4, /^lib\/session\//],
  [5, /^lib\/(accounts|papers|publishing|acceptance|inspection)\//],
  [6, /^lib\/(readings|access)\//],
  [7, /^lib\/(requests|ledger|helper-access)\//],
  [8, /^lib\/(payments|exchange|enquiries|notices|office|setup|holders)\//],
  [9, /^lib\/(privacy|worker)\//],
  [10, /^(app|scripts)\/|^(middleware|instrumentation)$/],
]

const IMPURE = /^(pg|drizzle-orm|next|node:fs|node:http|node:net|nodemailer|graphile-worker)(\/|$)/

/** Neighbours on one floor that lean on each other, one way. */
const leaning = new Set([
  'mail>jobs',
  'papers>accounts',
  'mail>settings',
  'settings>audit',
  'documents>audit',
  'documents>settings',
  'setup>office',
  'worker>privacy',
])

/** Ranks inside a domain: actions → commands and helpers that act → queries and the scope they ask in → rules, schema and helpers that only reckon. */
const ranks: Record<string, number> = { actions: 4, queries: 2, scope: 2, rules: 1, schema: 1 }

/** Every import that goes the wrong way, as «file → target: why». */
export function importBreaches(tree: Tree): string[] {
  const breaches: string[] = []
  for (const [file, text] of tree) {
    for (const { target, typeOnly } of importsOf(file, text)) {
      if (typeOnly && roomOf(file) === roomOf(target)) continue
      const why = isOurs(target)
        ? breachOf(tree, bare(file), bare(target))
        : packageBreach(bare(file), target)
      if (why) breaches.push(`${file} → ${target}: ${why}`)
    }
  }
  return breaches
}

/** Every import of browser code that would carry the server's code to the browser. */
export function browserBreaches(tree: Tree): string[] {
  const allowed =
    /^(lib\/units\/|lib\/result$|lib\/[\w-]+\/(schema|rules|actions)$|lib\/readings\/doubts$|lib\/documents\/changes$|app\/)/
  const breaches: string[] = []
  const seen = new Set<string>()
  const visit = (file: string) => {
    const text = tree.get(file)
    if (text === undefined || seen.has(file)) return
    seen.add(file)
    for (const { target, typeOnly } of importsOf(file, text)) {
      if (typeOnly || !isOurs(target) || target.endsWith('.css')) continue
      if (!allowed.test(target)) breaches.push(`${file} → ${target}: not for the browser`)
      else if (!/\/actions$/.test(target)) visit(tree.has(`${target}.tsx`) ? `${target}.tsx` : `${target}.ts`)
    }
  }
  for (const [file, text] of tree) if (/^'use client'/.test(text)) visit(file)
  return breaches
}

function breachOf(tree: Tree, file: string, target: string): string | undefined {
  const [from, to] = [floorOf(file), floorOf(target)]
  if (from === undefined || to === undefined) return 'stands on no floor'
  if (to > from) return 'reaches up'
  if (!file.startsWith('lib/') || !target.startsWith('lib/')) return undefined
  const [fromRoom, toRoom] = [roomOf(file), roomOf(target)]
  if (isRules(file) && fromRoom !== toRoom && toRoom !== 'units') return 'rules know units only'
  if (to === 1) return undefined
  if (fromRoom === toRoom)
    return rankOf(tree, target) > rankOf(tree, file) ? 'reaches up inside its domain' : undefined
  return to === from && !leaning.has(`${fromRoom}>${toRoom}`) ? 'reaches sideways' : undefined
}

function packageBreach(file: string, target: string): string | undefined {
  return isRules(file) && IMPURE.test(target) ? 'rules do no I/O' : undefined
}

function floorOf(file: string): number | undefined {
  return floors.find(([, pattern]) => pattern.test(file))?.[0]
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? ''
}

function rankOf(tree: Tree, file: string): number {
  return ranks[file.split('/').at(-1) ?? ''] ?? (onlyReckons(tree, file) ? 1 : 3)
}

/** Whether a file reaches no outside world: units, results and files of its own domain that reckon only. */
function onlyReckons(tree: Tree, file: string): boolean {
  const name = tree.has(`${file}.tsx`) ? `${file}.tsx` : `${file}.ts`
  return importsOf(name, tree.get(name) ?? '').every(({ target, typeOnly }) => {
    if (typeOnly || /^lib\/(units\/|result$)/.test(target)) return true
    if (isOurs(target)) return roomOf(target) === roomOf(file) && onlyReckons(tree, bare(target))
    return !IMPURE.test(target)
  })
}

function isRules(file: string): boolean {
  return /^lib\/[\w-]+\/rules$/.test(file)
}

function bare(file: string): string {
  return file.replace(/\.tsx?$/, '')
}
