import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chooseFreePort } from '../embedded/ports'
import { waitUntil } from '../embedded/processes'
import { ROOT } from '../launcher/config'

/** A first start builds the pages. */
const START_WITHIN = 300_000
const STOP_WITHIN = 40_000

const running = new Set<ChildProcess>()

/** Asks every service of this process to end. */
export function endServices(): void {
  for (const child of running) child.kill('SIGTERM')
}

/** The whole service as `npm start` runs it, in a data directory of its own, for tests. */
export class Service {
  private output = ''
  private ended: number | NodeJS.Signals | undefined

  private constructor(
    readonly dataDir: string,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', () => (this.ended = 1))
    child.once('exit', (code, signal) => {
      this.ended = code ?? signal ?? 1
      running.delete(child)
    })
  }

  /** Starts it and waits until it serves. @throws Error with everything it printed when it ends instead. */
  static async start(dataDir: string, settings: Record<string, string> = {}): Promise<Service> {
    mkdirSync(dataDir, { recursive: true })
    const port = settings.PORT ? Number(settings.PORT) : await chooseFreePort()
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...OWN_DEFAULTS, ...settings, DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    const service = new Service(dataDir, `http://localhost:${port}`, child)
    const ready = () => service.ended !== undefined || service.output.includes('Ready: ')
    const inTime = await waitUntil(ready, START_WITHIN)
    if (inTime && service.ended === undefined) return service
    await service.stop()
    throw new Error(`The service did not start.\n${service.printed()}`)
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  get postmasterPid(): number {
    const file = path.join(this.dataDir, 'postgres', 'data', 'postmaster.pid')
    return Number(readFileSync(file, 'utf8').split('\n')[0])
  }

  /** The process that answers requests. */
  get serverPid(): number {
    return Number(JSON.parse(readFileSync(path.join(this.dataDir, 'run.json'), 'utf8')).server)
  }

  /** The last lines it printed. */
  printed(): string {
    return this.output.slice(-6_000)
  }

  /** All it printed. */
  everythingPrinted(): string {
    return this.output
  }

  /** Stops it as a service manager would. @returns the exit code; a signal's name when it had to be killed. */
  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | undefined> {
    if (this.ended === undefined) this.child.kill(name)
    if (!(await waitUntil(() => this.ended !== undefined, STOP_WITHIN))) this.child.kill('SIGKILL')
    await waitUntil(() => this.ended !== undefined, 5_000)
    return this.ended
  }
}

/** What the machine or a `.env` file says about databases, secrets and mail is not for tests. */
const OWN_DEFAULTS = {
  DATABASE_URL: '',
  PUBLIC_URL: '',
  AUTH_SECRET: '',
  PASSPORT_KEY: '',
  INDEX_KEY: '',
  LINK_KEY: '',
  TOTP_KEY: '',
  DEMO: 'on',
  MAIL_TRANSPORT: 'file',
  PAYMENTS: '',
  TRUSTED_PROXIES: '0',
  LOG_LEVEL: 'warn',
}
