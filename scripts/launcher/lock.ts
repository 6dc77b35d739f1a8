import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { identityOf, isErrno } from '../embedded/processes'

const holder = z.object({ pid: z.number(), identity: z.string() })

/**
 * Takes a lock file, also one whose holder is dead.
 * @returns undefined when taken, otherwise the pid of the living process that holds it.
 */
export function takeLock(file: string): number | undefined {
  mkdirSync(path.dirname(file), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) })
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o644 })
      return undefined
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
    const pid = livingHolder(file)
    if (pid !== undefined) return pid
    discard(file)
  }
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true })
}

function livingHolder(file: string): number | undefined {
  const text = read(file)
  const parsed = holder.safeParse(parseJson(text))
  if (parsed.success)
    return identityOf(parsed.data.pid) === parsed.data.identity ? parsed.data.pid : undefined
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return age < 2_000 ? 0 : undefined
}

/** Moved aside before it is deleted, so that of two who find it stale only one removes it. */
function discard(file: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
