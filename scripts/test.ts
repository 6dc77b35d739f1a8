import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Problem } from './embedded/problem'
import { listProcesses, signal, waitUntil } from './embedded/processes'
import { ROOT } from './launcher/config'
import { demoFilePath } from './launcher/demo'
import { findBrowser } from './testing/browser'
import { type Counts, isGood, ONE_FAILED, ONE_PASSED, sum } from './testing/counts'
import { endPrograms, failures, runCheck, runProjects } from './testing/programs'
import { endServices, Service } from './testing/service'

const BROWSER_PROJECTS = ['desktop', 'mobile', 'no-js']

/**
 * `npm test`: everything. `npm test -- --project db --grep words` narrows: `--project` (one of check, unit, db,
 * desktop, mobile, no-js, launcher; repeatable) chooses, anything else is passed on to Playwright.
 */
const { chosen, rest } = readArguments(process.argv.slice(2))
const runDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-test-'))
chmodSync(runDir, 0o711)
let interrupted = false
let service: Promise<Service> | undefined

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    interrupted = true
    endPrograms()
    endServices()
  })

const parts: Counts[] = []
try {
  await runAll()
} catch (error) {
  console.error(error instanceof Problem ? error.message : error)
  failures.push(error instanceof Error ? error.message : 'the run broke')
  parts.push(ONE_FAILED)
} finally {
  await cleanUp()
}
for (const one of failures) console.log(`FAILED ${one}`)
const total = sum(parts)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(isGood(total) && !interrupted ? 0 : 1)

/** The quick parts first: they find most mistakes. */
async function runAll(): Promise<void> {
  if (wants('check')) await runChecks()
  for (const project of ['unit', 'db']) await runPart([project])
  const browserProjects = BROWSER_PROJECTS.filter(wants)
  if (browserProjects.length > 0 && !interrupted) await runInBrowser(browserProjects)
  await runPart(['launcher'])
}

async function runChecks(): Promise<void> {
  await runCheck('types of the routes', 'node_modules/next/dist/bin/next', ['typegen'])
  parts.push(
    await runCheck('TypeScript', 'node_modules/typescript/bin/tsc', ['--noEmit', '--incremental', 'false']),
  )
  if (!interrupted)
    parts.push(await runCheck('Biome', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']))
}

async function runPart(projects: string[], env: Record<string, string> = {}): Promise<void> {
  const wanted = projects.filter(wants)
  if (wanted.length > 0 && !interrupted) parts.push(await runProjects(wanted, rest, runDir, env))
}

/** Behind one proxy, so that each test can come from an address of its own. */
async function runInBrowser(projects: string[]): Promise<void> {
  const browser = await findBrowser()
  service = Service.start(path.join(runDir, 'data'), { TRUSTED_PROXIES: '1' })
  const { dataDir } = await service
  await runPart(projects, {
    E2E_DEMO_FILE: demoFilePath(dataDir),
    ...(browser ? { CHROMIUM_PATH: browser } : {}),
  })
  const code = await (await service).stop()
  console.log(`\nThe service ended with exit code ${code}.`)
  if (code !== 0) failures.push(`the service ended with exit code ${code}`)
  parts.push(code === 0 ? ONE_PASSED : ONE_FAILED)
}

/** Leaves nothing behind but what shows a failure: `test-results`. */
async function cleanUp(): Promise<void> {
  const started = await service?.catch(() => undefined)
  await started?.stop()
  await endLeftovers()
  const failures = path.join(runDir, 'failures')
  const kept = path.join(ROOT, 'test-results')
  if (existsSync(failures)) {
    rmSync(kept, { recursive: true, force: true })
    cpSync(failures, kept, { recursive: true })
  }
  rmSync(runDir, { recursive: true, force: true, maxRetries: 5 })
}

/** A killed Playwright cannot stop its database; every such process names our directory. */
async function endLeftovers(): Promise<void> {
  const ours = () => listProcesses().filter(({ command }) => command.includes(runDir))
  for (const { pid } of ours()) signal(pid, 'SIGINT')
  if (await waitUntil(() => ours().length === 0, 10_000)) return
  for (const { pid } of ours()) signal(pid, 'SIGKILL')
}

function wants(project: string): boolean {
  return chosen.length === 0 || chosen.includes(project)
}

function readArguments(args: string[]): { chosen: string[]; rest: string[] } {
  const chosen: string[] = []
  const rest: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--project') chosen.push(args[++index] ?? '')
    else if (arg.startsWith('--project=')) chosen.push(arg.slice('--project='.length))
    else rest.push(arg)
  }
  return { chosen, rest }
}
