import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

export interface Process {
  pid: number
  command: string
}

/** Every running process that shows its command line; a dead one not yet reaped shows none and is left out. */
export function listProcesses(): Process[] {
  return process.platform === 'linux' ? listFromProc() : listFromPs()
}

function listFromProc(): Process[] {
  const found: Process[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const command = pid ? commandOf(pid) : ''
    if (command) found.push({ pid, command })
  }
  return found
}

/** The command line of a process; empty when there is none, or only a zombie. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return listFromPs().find((process) => process.pid === pid)?.command ?? ''
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function listFromPs(): Process[] {
  const lines = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).stdout.split('\n')
  return lines.flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? []
    return pid && command ? [{ pid: Number(pid), command }] : []
  })
}

/** True while the process runs; a zombie counts as dead. */
export function isAlive(pid: number): boolean {
  return commandOf(pid) !== ''
}

/**
 * What tells a process from a later one with the same pid, also after a restart of the machine or container:
 * when it was started. Empty when it does not run.
 */
export function identityOf(pid: number): string {
  if (!isAlive(pid)) return ''
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startedAt}`
  } catch {
    return ''
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error
  }
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Asks again and again until the answer is true; false when the time (milliseconds) is over. */
export async function waitUntil(done: () => boolean | Promise<boolean>, within: number): Promise<boolean> {
  const deadline = Date.now() + within
  while (!(await done())) {
    if (Date.now() > deadline) return false
    await pause(50)
  }
  return true
}
