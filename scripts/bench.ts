import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type DemoFile, readDemoFile } from '../db/demo/demo-file'
import { benchImport } from './bench/import'
import { benchLedger } from './bench/ledger'
import { timed } from './bench/measure'
import { benchPages } from './bench/pages'
import { print, seconds } from './bench/print'
import { benchReadings } from './bench/readings'
import { benchSearch } from './bench/search'
import { scriptArgs } from './launcher/children'
import { ROOT } from './launcher/config'
import { Service } from './testing/service'

const ROWS = Number(process.env.BENCH_ROWS || 1_000_000)
const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS || 1_000_000)

/** What can be measured by itself: `npm run bench -- import`. False when something that must not fail did. */
const parts: Record<string, () => Promise<boolean>> = {
  pages: () => withService((service, demo) => benchPages(service, demo)),
  import: () => withService((service, demo) => benchImport(service, demo, ROWS)),
  ledger: () => benchLedger(ACCOUNTS),
  search: () => benchSearch(ACCOUNTS),
  readings: () => benchReadings(),
}

/** Runs on the whole service as `npm start` runs it, with the demo company. */
async function withService(work: (service: Service, demo: DemoFile) => Promise<void>): Promise<boolean> {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'kabinet-bench-'))
  const { ms, value: service } = await timed(() =>
    Service.start(path.join(parent, 'data'), { LOG_LEVEL: 'error' }),
  )
  try {
    print('start, demo company and a build if there is none', seconds(ms))
    const demo = readDemoFile(service.dataDir)
    if (!demo) throw new Error('no demo company to measure')
    await work(service, demo)
    return true
  } finally {
    await service.stop()
    rmSync(parent, { recursive: true, force: true })
  }
}

/**
 * Prints the figures of all parts, or of those named. Each in a process of its own: the service's modules of a process
 * know one database. Figures of one run belong together.
 */
async function bench(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in parts))
  if (unknown.length > 0)
    throw new Error(`There is ${Object.keys(parts).join(', ')}; not ${unknown.join(', ')}.`)
  const [only] = names
  if (names.length === 1 && only) {
    console.log(`\n${only}`)
    if (!(await parts[only]?.())) process.exitCode = 1
    return
  }
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const { status } = spawnSync(process.execPath, scriptArgs('scripts/bench.ts').concat(name), {
      cwd: ROOT,
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
}

await bench(process.argv.slice(2))
