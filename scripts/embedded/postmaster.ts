import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asAccount } from './account'
import { type Cluster, postgresEnvironment, saveSettings } from './cluster'
import { answers } from './connect'
import { chooseFreePort, isPortFree } from './ports'
import { commandOf, isAlive, listProcesses, signal, waitUntil } from './processes'

const START_TIMEOUT = 60_000
const STOP_TIMEOUT = 20_000
const LARGE_LOG = 10_000_000

export interface StartOptions {
  /** For data that is thrown away: does not wait for the disk. */
  throwaway?: boolean
}

/** The pid of the server that runs on this cluster, also one that an earlier, killed launcher left. */
export function findPostmaster(cluster: Cluster): number | undefined {
  const pid = Number(pidFileLines(cluster)[0])
  return pid && commandOf(pid).includes(cluster.settings.name) ? pid : undefined
}

/** Uses the running server again, or starts one. Returns its pid; `cluster.settings.port` is right afterwards. */
export async function ensurePostmaster(cluster: Cluster, options: StartOptions): Promise<number> {
  const running = findPostmaster(cluster)
  if (running && (await reuse(cluster))) return running
  if (running) await stopPostmaster(cluster)
  for (let attempt = 1; ; attempt++) {
    clearRemains(cluster)
    await settlePort(cluster)
    const pid = await start(cluster, options)
    if (pid) return pid
    if (attempt === 10) throw new Error(`PostgreSQL does not start:\n${logTail(cluster)}`)
    await pause(300)
  }
}

async function reuse(cluster: Cluster): Promise<boolean> {
  const port = Number(pidFileLines(cluster)[3])
  if (port) keepPort(cluster, port)
  const settled = async () => !findPostmaster(cluster) || (await answers(cluster.settings))
  return (await waitUntil(settled, 5_000)) && findPostmaster(cluster) !== undefined
}

/** Without its postmaster no process of the cluster may live on, and its pid file must name nobody else. */
function clearRemains(cluster: Cluster): void {
  for (const { pid } of processesOf(cluster)) signal(pid, 'SIGKILL')
  const [pid] = pidFileLines(cluster)
  if (!pid || isAlive(Number(pid))) rmSync(path.join(cluster.data, 'postmaster.pid'), { force: true })
}

async function settlePort(cluster: Cluster): Promise<void> {
  const free = await isPortFree(cluster.settings.port, '127.0.0.1')
  if (!free) keepPort(cluster, await chooseFreePort('127.0.0.1'))
}

function keepPort(cluster: Cluster, port: number): void {
  if (port === cluster.settings.port) return
  cluster.settings = { ...cluster.settings, port }
  saveSettings(cluster.directory, cluster.settings)
}

/** Its own process group: Ctrl-C in the terminal must reach the launcher, not the database. */
async function start(cluster: Cluster, options: StartOptions): Promise<number | undefined> {
  const { command, args, ids } = asAccount(cluster.account, cluster.binaries.postgres, [
    '-D',
    cluster.data,
    ...serverSettings(cluster, options).flatMap((setting) => ['-c', setting]),
  ])
  if ((statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0) > LARGE_LOG) truncateSync(cluster.log)
  const log = openSync(cluster.log, 'a', 0o600)
  const child = spawn(command, args, {
    ...ids,
    cwd: cluster.directory,
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended = false
  child.on('error', () => (ended = true)).on('exit', () => (ended = true))
  child.unref()
  const ready = await waitUntil(async () => ended || (await answers(cluster.settings)), START_TIMEOUT)
  if (!ready) await stopPostmaster(cluster)
  return ready && !ended ? child.pid : undefined
}

/** The log keeps no values of rows: they are personal data. */
function serverSettings({ settings }: Cluster, { throwaway }: StartOptions): string[] {
  return [
    `cluster_name=${settings.name}`,
    `port=${settings.port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    // Who reads much reads it in its own process: those that read for others cannot tell an import's work from a page's.
    'io_method=sync',
    ...(throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
}

/** Stops the server, its connections first; harder if it does not obey. Not running is no error. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const pid = findPostmaster(cluster)
  if (!pid) return
  for (const [name, within] of [
    ['SIGINT', STOP_TIMEOUT],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    if (await waitUntil(() => processesOf(cluster).length === 0, within)) return
  }
}

function processesOf({ settings }: Cluster) {
  return listProcesses().filter((process) => process.command.includes(settings.name))
}

function pidFileLines({ data }: Cluster): string[] {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function logTail({ log }: Cluster): string {
  return readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
}
