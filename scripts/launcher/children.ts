import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { waitUntil } from '../embedded/processes'
import { ROOT } from './config'

const running = new Set<ChildProcess>()

export interface Finished {
  code: number | null
  output: string
}

/** Runs a program of the project to its end and keeps what it printed. */
export function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  const child = track(spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] }))
  let output = ''
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Starts a script of the project in its own process group: Ctrl-C in the terminal reaches only us. */
export function startScript(
  script: string,
  env: NodeJS.ProcessEnv,
  stdio: SpawnOptions['stdio'],
): ChildProcess {
  return track(spawn(process.execPath, scriptArgs(script), { cwd: ROOT, env, detached: true, stdio }))
}

export function scriptArgs(script: string): string[] {
  return ['--import', 'tsx', script]
}

/** Ends what is still running, for a start that is broken off. */
export async function endChildren(): Promise<void> {
  for (const child of running) child.kill('SIGTERM')
  await waitUntil(() => running.size === 0, 5_000)
  for (const child of running) child.kill('SIGKILL')
}

function track<T extends ChildProcess>(child: T): T {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
