import { classify } from '@/lib/session/gate'
import type { Tree } from './tree'

const WRAPPERS = 'publicAction|subscriberAction|staffAction|halfwayAction|plainAction'

/** Every export of a 'use server' file that no wrapper of lib/session/action.ts guards, and every such file out of place. */
export function unwrappedActions(tree: Tree): string[] {
  const breaches: string[] = []
  for (const [file, text] of tree) {
    if (!/^\s*['"]use server['"]/m.test(text)) continue
    if (!/^lib\/[\w-]+\/actions\.ts$/.test(file))
      breaches.push(`${file}: server actions live in lib/<domain>/actions.ts`)
    const wrapped = new RegExp(`^export const \\w+ = (${WRAPPERS})\\(`)
    for (const line of text.split('\n')) {
      if (/^export\b/.test(line) && !wrapped.test(line)) breaches.push(`${file}: not wrapped: ${line}`)
    }
  }
  return breaches
}

/** Every page or handler whose address the first gate does not know. */
export function unclassifiedRoutes(tree: Tree): string[] {
  return routesOf(tree)
    .filter(([, address]) => classify(address) === undefined)
    .map(([file, address]) => `${file}: ${address} is not classified in lib/session/gate.ts`)
}

/** Every page behind a door that does not ask who came, and every handler that neither asks nor is meant for machines. */
export function unguardedPages(tree: Tree): string[] {
  return routesOf(tree).flatMap(([file, address]) => {
    const needs = guardFor(file, address)
    return needs && !needs.test(tree.get(file) ?? '')
      ? [`${file}: ${address} does not call ${needs.source}`]
      : []
  })
}

/** Every use of what lets a helper near an account, beside the meters and their readings. */
export function helpersReach(tree: Tree): string[] {
  const allowed =
    /^lib\/(readings\/helpers|helper-access\/(helping|actions))\.ts$|^app\/personal\/\(cabinet\)\/help\//
  return [...tree]
    .filter(([file, text]) => !allowed.test(file) && /\b(helpedBy|sendAsHelper|helpedReadings)\b/.test(text))
    .map(([file]) => `${file}: opens more to a helper than meters and last values`)
}

/** Every reader of process.env beside lib/env.ts; scripts and the build's own NEXT_RUNTIME are exempt. */
export function strayEnv(tree: Tree): string[] {
  return [...tree]
    .filter(([file]) => file !== 'lib/env.ts' && !file.startsWith('scripts/'))
    .filter(([, text]) => text.replaceAll('process.env.NEXT_RUNTIME', '').includes('process.env'))
    .map(([file]) => `${file}: reads process.env`)
}

function guardFor(file: string, address: string): RegExp | undefined {
  const handler = file.endsWith('/route.ts')
  switch (classify(address)) {
    case 'cabinet':
      return handler ? /(require|current)Subscriber\(/ : /requireSubscriber\(/
    case 'front':
      return /requireSubscriber\(/
    case 'staff':
      return handler ? /may\(session\.user\.roles, '|requireStaff\('/ : /requireStaff\('/
    default:
      return undefined
  }
}

/** Every page and handler with its address. */
export function routesOf(tree: Tree): [file: string, address: string][] {
  return [...tree.keys()]
    .filter((file) => /^app\/(.*\/)?(page\.tsx|route\.ts)$/.test(file))
    .map((file) => [file, addressOf(file)])
}

function addressOf(file: string): string {
  const parts = file
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('))
    .map((part) => (part.startsWith('[') ? 'x' : part))
  return `/${parts.join('/')}`
}
