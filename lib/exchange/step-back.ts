import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import type pg from 'pg'
import { z } from 'zod'
import { pool } from '@/db/client'

/** As `nice` counts: a tenth of the time of those who compete. Much less, and a lock held would be long in coming back. */
const NICE = 10
const backend = z.object({ pid: z.number(), client: z.string() })

/**
 * Lets everything else on this machine go before this process and what the database does for it: people wait for pages,
 * nobody for an import. Where that is not ours to say, nothing happens.
 */
export function stepBack(): void {
  putBehind(process.pid)
  pool().options.onConnect = stepBackInDatabase
}

/** The same for the database's process behind one connection, when it runs on this machine and under our account. */
export async function stepBackInDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`
    select pg_backend_pid() as pid, coalesce('(' || inet_client_port() || ')', '[local]') as client`)
  const found = backend.parse(rows[0])
  const title = quietly(() => readFileSync(`/proc/${found.pid}/cmdline`, 'utf8')) ?? ''
  // Another machine's database may have a process of that number, but none here is titled with our own port.
  if (title.startsWith('postgres: ') && title.includes(found.client)) putBehind(found.pid)
}

function putBehind(pid: number): void {
  for (const thread of threadsOf(pid)) quietly(() => os.setPriority(thread, NICE))
  // Kernels with autogroups (sched(7)) weigh sessions against each other; niceness counts only within one.
  if (sessionOf(pid) === pid) quietly(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICE)))
}

function threadsOf(pid: number): number[] {
  return quietly(() => readdirSync(`/proc/${pid}/task`).map(Number)) ?? [pid]
}

/** The session a process belongs to: the fourth figure behind its name (proc_pid_stat(5)). */
function sessionOf(pid: number): number | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? ''
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
}

function quietly<T>(attempt: () => T): T | undefined {
  try {
    return attempt()
  } catch {
    return undefined
  }
}
