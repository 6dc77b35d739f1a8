import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Files of a tree, path from the root → text. */
export type Tree = ReadonlyMap<string, string>

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The sources of the project as they stand. */
export function projectTree(): Tree {
  const files = ['app', 'lib', 'db', 'scripts'].flatMap((room) =>
    readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => path.posix.join(room, file)),
  )
  return new Map(
    [...files, 'middleware.ts', 'instrumentation.ts'].map((file) => [
      file,
      readFileSync(path.join(ROOT, file), 'utf8'),
    ]),
  )
}

/** One import of a file: the project's path or the package's name it names. */
export interface Import {
  target: string
  /** Types only: gone before the browser sees anything. */
  typeOnly: boolean
}

/** What a file imports; paths of our own come back from the root, without an ending. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = []
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'/gm)) {
    found.push({ target: resolve(file, match[2] ?? ''), typeOnly: match[1] !== undefined })
  }
  for (const match of text.matchAll(/(?:^import\s+|\bimport\()'([^']+)'/gm)) {
    found.push({ target: resolve(file, match[1] ?? ''), typeOnly: false })
  }
  return found
}

/** Whether an import names a file of the project. */
export function isOurs(target: string): boolean {
  return /^(app|lib|db|scripts|middleware|instrumentation)(\/|$)/.test(target)
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier
}
