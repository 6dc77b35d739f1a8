import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { expect } from '@playwright/test'
import { ROOT } from '../../scripts/launcher/config'

// util-linux lends a program a terminal; where it is not there, the program reads a pipe.
const lends = /util-linux/.test(String(spawnSync('script', ['--version']).stdout ?? ''))

/** A script of the service at a keyboard. */
export class Terminal {
  private printed = ''
  private read = 0
  private ended: number | undefined

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    /** Whether the program believes that somebody sits there. */
    readonly isReal: boolean,
  ) {
    const collect = (chunk: string) => {
      this.printed += chunk
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', collect)
    child.once('close', (code) => (this.ended = code ?? 1))
    child.stdin.on('error', () => undefined)
  }

  /** Starts a script in a terminal, where the machine has one to lend, or with its input from a pipe. */
  static open(script: string, settings: Record<string, string>, { pipe = false } = {}): Terminal {
    const args = ['--import', 'tsx', script]
    const environment = { cwd: ROOT, env: { ...process.env, ...settings } }
    if (pipe || !lends) return new Terminal(spawn(process.execPath, args, environment), false)
    const line = [process.execPath, ...args].map((word) => `'${word}'`).join(' ')
    return new Terminal(spawn('script', ['-qefc', line, '/dev/null'], environment), true)
  }

  /** Waits until it has printed these words after the last ones waited for. */
  async says(words: string): Promise<void> {
    const found = () => this.printed.indexOf(words, this.read)
    await expect.poll(found, { message: `«${words}» on the terminal`, timeout: 30_000 }).not.toBe(-1)
    this.read = found() + words.length
  }

  /** Presses keys. */
  type(keys: string): void {
    this.child.stdin.write(keys)
  }

  /** Waits for a question, types the answer and presses Enter. */
  async answer(question: string, typed: string): Promise<void> {
    await this.says(`${question}: `)
    this.type(`${typed}${this.isReal ? '\r' : '\n'}`)
  }

  /** Types all of it at once and closes the input. */
  pour(text: string): void {
    this.child.stdin.end(text)
  }

  /** Everything it printed. */
  everything(): string {
    return this.printed
  }

  /** Waits for its end. @returns the exit code */
  async end(): Promise<number | undefined> {
    await expect.poll(() => this.ended, { timeout: 30_000 }).toBeDefined()
    return this.ended
  }

  /** Ends it, if it still runs. */
  close(): void {
    if (this.ended === undefined) this.child.kill('SIGKILL')
  }
}
