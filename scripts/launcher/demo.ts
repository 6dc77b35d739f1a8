import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { run, scriptArgs } from './children'
import { EXIT } from './exit'
import { savePrivately } from './keys'

const person = z.object({ login: z.string(), password: z.string() })
const demoFile = z.looseObject({
  url: z.string(),
  databaseUrl: z.string(),
  staff: person,
  auditor: person,
  subscriber: person.extend({ account: z.string() }),
})

export type DemoFile = z.infer<typeof demoFile>

/**
 * Loads the demo company if it is not there yet, in a process of its own, and returns how to sign in.
 * Undefined when the database holds somebody's real data: that stays as it is.
 */
export async function loadDemoCompany(
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<DemoFile | undefined> {
  const { code, output } = await run(process.execPath, scriptArgs('scripts/demo.ts'), env)
  if (code === EXIT.notTheDemo) return undefined
  if (code !== 0) throw new Error(`The demo company could not be loaded.\n${output}`)
  return demoFile.parse(JSON.parse(readFileSync(demoFilePath(dataDir), 'utf8')))
}

/** Tells the demo file the address of a database that moved. */
export function moveDemoDatabase(dataDir: string, databaseUrl: string): void {
  const file = demoFilePath(dataDir)
  if (!existsSync(file)) return
  savePrivately(file, { ...demoFile.parse(JSON.parse(readFileSync(file, 'utf8'))), databaseUrl })
}

export function demoFilePath(dataDir: string): string {
  return path.join(dataDir, 'demo.json')
}
