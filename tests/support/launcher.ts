import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { listProcesses } from '../../scripts/embedded/processes'

export { Service } from '../../scripts/testing/service'

const demoFile = z.looseObject({
  url: z.string(),
  databaseUrl: z.string(),
  staff: z.unknown(),
  subscriber: z.unknown(),
})

/** A new directory for a service's data, and how to remove it. */
export function makeDataDir(): { dataDir: string; remove(): void } {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'kabinet-launcher-'))
  const remove = () => rmSync(parent, { recursive: true, force: true })
  return { dataDir: path.join(parent, 'data'), remove }
}

/** What the launcher wrote for people who try the demo. */
export function readDemoFile(dataDir: string) {
  return demoFile.parse(JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')))
}

/** Processes of the service that works with the directory, PostgreSQL's children included. */
export function processesOf(dataDir: string): string[] {
  const cluster = z.object({ name: z.string() })
  const file = path.join(dataDir, 'postgres', 'cluster.json')
  const { name } = cluster.parse(JSON.parse(readFileSync(file, 'utf8')))
  return listProcesses()
    .map(({ command }) => command)
    .filter((command) => command.includes(name) || command.includes(dataDir))
}

/** The status of an address; 0 when nobody answers. */
export async function statusOf(url: string): Promise<number> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(9_000) })
    return status
  } catch {
    return 0
  }
}
