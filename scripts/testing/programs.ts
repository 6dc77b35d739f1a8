import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ROOT } from '../launcher/config'
import { type Counts, ONE_FAILED, ONE_PASSED } from './counts'

const running = new Set<ChildProcess>()

const report = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
})

/** Runs a program that either passes or fails, shown under a name. */
export async function runCheck(name: string, script: string, args: string[]): Promise<Counts> {
  const code = await run(script, args, {})
  console.log(`${code === 0 ? '  ok ' : '  FAILED '} ${name}`)
  return code === 0 ? ONE_PASSED : ONE_FAILED
}

/** Runs some of the Playwright projects and counts; a run that broke before its report counts as one failure. */
export async function runProjects(
  projects: string[],
  extraArgs: string[],
  runDir: string,
  env: Record<string, string>,
): Promise<Counts> {
  const label = projects.join('+')
  console.log(`\n${label}`)
  const file = path.join(runDir, `${label}.json`)
  const args = ['test', '--reporter=list,json', '--pass-with-no-tests', ...extraArgs]
  for (const project of projects) args.push('--project', project)
  const code = await run('node_modules/@playwright/test/cli.js', args, {
    ...env,
    TMPDIR: runDir,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    TEST_OUTPUT_DIR: path.join(runDir, 'failures', label),
  })
  const counts = existsSync(file) ? countsIn(file) : ONE_FAILED
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function countsIn(file: string): Counts {
  const { stats } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** Own process group: Ctrl-C in the terminal reaches only us, and we end everything in order. */
function run(script: string, args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, TZ: 'UTC', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  running.add(child)
  return new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code ?? 1)
    })
  })
}

/** Asks what is running to end; Playwright closes its browsers and workers then. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGINT')
}
