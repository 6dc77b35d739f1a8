import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { ROOT } from '../launcher/config'
import { type Counts, ONE_FAILED, ONE_PASSED } from './counts'

const running = new Set<ChildProcess>()
/** Characters told of what a failed test said. */
const SAID = 500

const spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
})

const suite = z.object({
  specs: z.array(spec),
  get suites() {
    return z.array(suite).optional()
  },
})
type Suite = z.infer<typeof suite>

const report = z.object({
  suites: z.array(suite),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
})

/** Everything that failed so far, in words; told again at the end of a run, where it is not lost in the rest. */
export const failures: string[] = []

/** Runs a program that either passes or fails, shown under a name. */
export async function runCheck(name: string, script: string, args: string[]): Promise<Counts> {
  const code = await run(script, args, {})
  console.log(`${code === 0 ? '  ok ' : '  FAILED '} ${name}`)
  if (code !== 0) failures.push(name)
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
  if (code === 0 || (existsSync(file) && counts.failed > 0)) return counts
  failures.push(`${label}: the run itself broke (exit code ${code})`)
  return { ...counts, failed: Math.max(counts.failed, 1) }
}

function countsIn(file: string): Counts {
  const { suites, stats } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  for (const one of suites.flatMap(specsOf)) if (!one.ok) failures.push(...failuresOf(one))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** Where a test that failed stands and what it said first, a line for each project. */
function failuresOf({ title, file, line, tests }: z.infer<typeof spec>): string[] {
  const failed = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky')
  return failed.map(({ projectName, results }) => {
    const said = results.map(({ error }) => error?.message).find((message) => message !== undefined)
    const words = stripVTControlCharacters(said ?? '').replace(/\s+/g, ' ')
    return `${projectName}: tests/${file}:${line} ${title}${words ? `: ${words.slice(0, SAID)}` : ''}`
  })
}

function specsOf({ specs, suites = [] }: Suite): z.infer<typeof spec>[] {
  return [...specs, ...suites.flatMap(specsOf)]
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
