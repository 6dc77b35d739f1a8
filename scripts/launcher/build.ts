import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../embedded/problem'
import { isErrno } from '../embedded/processes'
import { run } from './children'
import { ROOT } from './config'
import { releaseLock, takeLock } from './lock'

/** What `next build` reads. */
const SOURCES = [
  'app',
  'lib',
  'db',
  'public',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const STAMP = path.join(ROOT, '.next', 'sources.sha256')
const LOCK = path.join(ROOT, '.next', 'cache', 'build.lock')

/**
 * Builds the pages if the sources are not those of the last build. Never two builds at once: the second
 * process waits and then finds the work done.
 * @throws Problem with the compiler's words when the build fails.
 */
export async function buildIfChanged(say: (line: string) => void): Promise<void> {
  if (isBuilt()) return
  await withBuildLock(async () => {
    if (isBuilt()) return
    say('Building the pages …')
    await build()
  })
}

/** True when `.next` is a finished build of the sources as they are now. */
function isBuilt(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSources()
}

async function withBuildLock(work: () => Promise<void>): Promise<void> {
  try {
    while (takeLock(LOCK) !== undefined) await pause(300)
  } catch (error) {
    if (!isErrno(error, 'EACCES') && !isErrno(error, 'EROFS')) throw error
    throw new Problem(`The pages must be built, but this user may not write to ${path.join(ROOT, '.next')}.`)
  }
  try {
    await work()
  } finally {
    releaseLock(LOCK)
  }
}

async function build(): Promise<void> {
  const hash = hashSources()
  rmSync(STAMP, { force: true })
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')
  const { code, output } = await run(process.execPath, [next, 'build'], env)
  if (code !== 0) throw new Problem(`The build failed.\n${output}`)
  mkdirSync(path.dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, hash)
}

function hashSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(path.join(ROOT, source))) {
      hash
        .update(`${path.relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

function filesOf(entry: string): string[] {
  const stat = statSync(entry, { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [entry]
  return readdirSync(entry)
    .sort()
    .flatMap((name) => filesOf(path.join(entry, name)))
}
