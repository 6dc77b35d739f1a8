import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../embedded/problem'
import { startScript } from './children'
import { EXIT } from './exit'
import { isShuttingDown } from './shutdown'

const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 10_000
const STEADY_AFTER = 30_000
const STOP_WITHIN = 25_000

/** Keeps one server process running: a process that died is replaced, with growing pauses if it keeps dying. */
export class Server {
  private child: ChildProcess | undefined
  private startedAt = 0
  private failures = 0

  constructor(
    /** Asked at every start: the database's address can change. */
    private readonly environment: () => NodeJS.ProcessEnv,
    private readonly changed: (pid: number | undefined) => void,
  ) {}

  /**
   * Resolves when the first process answers.
   * @throws Problem when it cannot run at all: the process has printed why.
   */
  async start(): Promise<void> {
    const code = await this.launch()
    if (code !== undefined) throw new Problem(`The server did not start (exit code ${code}).`)
  }

  /** Ends the process; open requests are finished first. Without a shutdown it is replaced at once. */
  async stop(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
    await ended
    clearTimeout(timer)
  }

  /** Starts a process; resolves with nothing when it is ready, with an exit code when it ended before. */
  private launch(): Promise<number | string | undefined> {
    const child = startScript('scripts/serve.ts', this.environment(), ['ignore', 'inherit', 'inherit', 'ipc'])
    this.child = child
    this.startedAt = Date.now()
    this.changed(child.pid)
    return new Promise((resolve) => {
      let ready = false
      child.once('message', () => {
        ready = true
        resolve(undefined)
        child.once('exit', (code, signal) => void this.replace(code ?? signal ?? EXIT.broken))
      })
      child.once('exit', (code, signal) => {
        if (!ready) resolve(code ?? signal ?? EXIT.broken)
      })
    })
  }

  private async replace(code: number | string): Promise<void> {
    for (let ended: number | string | undefined = code; ended !== undefined && !isShuttingDown(); ) {
      this.failures = Date.now() - this.startedAt > STEADY_AFTER ? 0 : this.failures + 1
      const wait = Math.min(SHORTEST_PAUSE * 2 ** this.failures, LONGEST_PAUSE)
      console.error(`The server process ended (${ended}); starting it again in ${wait / 1000} s.`)
      await pause(wait)
      if (!isShuttingDown()) ended = await this.launch()
    }
  }
}
